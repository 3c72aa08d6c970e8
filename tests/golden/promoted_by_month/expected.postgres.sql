WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) AS revenue,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-05-01'
  GROUP BY 1
),
-- orders: revenue, orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-04-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.revenue, 0) AS revenue,
    COALESCE(r1.orders, 0) AS orders
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.revenue,
  c.orders
FROM cells AS c
ORDER BY c.period_start;
