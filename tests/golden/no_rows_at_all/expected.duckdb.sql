WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    (orders.channel = 'web') IS TRUE AS is_web,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2030-01-01'
    AND orders.ordered_on < DATE '2030-03-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'web' AS segment,
    i.channel,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  WHERE i.is_web
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'web' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  WHERE i.is_web
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1
),
-- orders: each counted value once a month
orders_entities AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    orders.channel,
    orders.customer_id AS entity,
    bool_or(orders.channel = 'web') AS buyers_web
  FROM orders
  WHERE orders.ordered_on >= DATE '2030-01-01'
    AND orders.ordered_on < DATE '2030-03-01'
  GROUP BY 1, 2, 3
),
-- orders: buyers by month
orders_distinct_monthly AS (
  SELECT
    i.period_start,
    'channel' AS slicing,
    'web' AS segment,
    i.channel,
    count(i.entity) FILTER (WHERE i.buyers_web) AS buyers
  FROM orders_entities AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    count(i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'web' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) FILTER (WHERE i.buyers_web) AS buyers
  FROM orders_entities AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2030-01-01', TIMESTAMP '2030-02-01', INTERVAL '1 month') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('web'),
      ('all')
  ) AS q(segment)
),
-- the members that occur
members AS (
  SELECT
    'channel' AS slicing,
    i.channel
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    r.revenue,
    r.orders,
    CAST(NULL AS BIGINT) AS buyers
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders,
    r.buyers
  FROM orders_distinct_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    s.segment,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS buyers
  FROM spine AS p
  CROSS JOIN members AS m
  CROSS JOIN segments AS s
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.segment,
    k.channel,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.buyers), 0) AS buyers
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  c.segment,
  c.channel,
  c.revenue,
  c.orders,
  c.buyers,
  CAST(c.revenue AS DOUBLE) / NULLIF(c.orders, 0) AS aov
FROM cells AS c
ORDER BY
  CASE WHEN c.segment = 'web' THEN 0 WHEN c.segment = 'all' THEN 1 END,
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
