WITH
-- orders: each counted value once a quarter
orders_entities AS (
  SELECT
    CAST(date_trunc('quarter', orders.ordered_on) AS DATE) AS period_start,
    orders.channel,
    customer.country AS entity
  FROM orders
  LEFT JOIN customers AS customer ON customer.customer_id = orders.customer_id
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- orders: countries by quarter
orders_distinct_quarterly AS (
  SELECT
    i.period_start,
    'channel' AS slicing,
    i.channel,
    count(i.entity) AS countries
  FROM orders_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) AS countries
  FROM orders_entities AS i
  GROUP BY 1
),
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    max(customer.score) AS best_score,
    count(*) AS orders
  FROM orders
  LEFT JOIN customers AS customer ON customer.customer_id = orders.customer_id
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: best_score, orders by quarter
orders_quarterly AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    max(i.best_score) AS best_score,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    max(i.best_score) AS best_score,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '3 months') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'channel' AS slicing,
    i.channel
  FROM orders_entities AS i
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
    r.channel,
    r.countries,
    CAST(NULL AS BIGINT) AS best_score,
    CAST(NULL AS BIGINT) AS orders
  FROM orders_distinct_quarterly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS countries,
    r.best_score,
    r.orders
  FROM orders_quarterly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS countries,
    CAST(NULL AS BIGINT) AS best_score,
    CAST(NULL AS BIGINT) AS orders
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    COALESCE(max(k.countries), 0) AS countries,
    max(k.best_score) AS best_score,
    COALESCE(max(k.orders), 0) AS orders
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.countries,
  c.best_score,
  c.orders
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
