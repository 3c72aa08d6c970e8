WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) AS revenue,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-02-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.channel,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
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
    r.revenue,
    r.orders
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
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
    k.channel,
    max(k.revenue) AS revenue,
    COALESCE(max(k.orders), 0) AS orders
  FROM stack AS k
  GROUP BY 1, 2
)
SELECT
  c.period_start,
  'channel' AS slicing,
  'all' AS segment,
  c.channel,
  c.revenue,
  c.orders,
  COALESCE(CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.orders, 0), 0) AS aov,
  c.revenue + 1 AS sum_of_both
FROM cells AS c
ORDER BY c.channel NULLS LAST, c.period_start;
