WITH
-- orders: each counted value once a year
orders_entities AS (
  SELECT
    CAST(date_trunc('year', orders.ordered_on) AS DATE) AS period_start,
    orders.device,
    orders.channel,
    orders.customer_id AS entity
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2027-01-01'
  GROUP BY 1, 2, 3, 4
),
-- orders: buyers by year
orders_distinct_yearly AS (
  SELECT
    i.period_start,
    'channel,device' AS slicing,
    i.device,
    i.channel,
    count(i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    i.period_start,
    'device' AS slicing,
    i.device,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    i.channel,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1
),
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.device,
    orders.channel,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2027-01-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue by year
orders_yearly AS (
  SELECT
    CAST(date_trunc('year', i.period_start) AS DATE) AS period_start,
    'channel,device' AS slicing,
    i.device,
    i.channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('year', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('year', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    i.channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('year', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 year') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'channel,device' AS slicing,
    i.device,
    i.channel
  FROM orders_entities AS i
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'device' AS slicing,
    i.device,
    CAST(NULL AS VARCHAR) AS channel
  FROM orders_entities AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    i.channel
  FROM orders_entities AS i
  GROUP BY 3
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    CAST(NULL AS VARCHAR) AS channel
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    r.channel,
    r.buyers,
    CAST(NULL AS BIGINT) AS revenue
  FROM orders_distinct_yearly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    r.channel,
    CAST(NULL AS BIGINT) AS buyers,
    r.revenue
  FROM orders_yearly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.device,
    m.channel,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS revenue
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    k.channel,
    COALESCE(max(k.buyers), 0) AS buyers,
    COALESCE(max(k.revenue), 0) AS revenue
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.device,
  c.channel,
  c.buyers,
  c.revenue
FROM cells AS c
ORDER BY
  CASE
    WHEN c.slicing = 'total' THEN 0
    WHEN c.slicing = 'device' THEN 1
    WHEN c.slicing = 'channel,device' THEN 2
    WHEN c.slicing = 'channel' THEN 3
  END,
  c.device NULLS LAST,
  c.channel NULLS LAST,
  c.period_start;
