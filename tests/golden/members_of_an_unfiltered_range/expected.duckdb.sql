WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-03-01'
    AND orders.ordered_on < DATE '2026-04-01'
    AND orders.device = 'mobile'
  GROUP BY 1, 2
),
-- orders: orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    i.channel
  FROM orders_atoms AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.channel,
    r.orders
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.channel,
    CAST(NULL AS BIGINT) AS orders
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.channel,
    COALESCE(max(k.orders), 0) AS orders
  FROM stack AS k
  GROUP BY 1, 2
)
SELECT
  c.period_start,
  'channel' AS slicing,
  'all' AS segment,
  c.channel,
  c.orders
FROM cells AS c
ORDER BY c.channel NULLS LAST, c.period_start;
