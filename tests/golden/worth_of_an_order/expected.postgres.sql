WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) AS revenue,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders by quarter
orders_quarterly AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    sum(i.revenue) AS revenue,
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
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS channel
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.revenue,
    r.orders
  FROM orders_quarterly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue,
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
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders), 0) AS orders
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.orders, 0) AS aov
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
