WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    sum(CAST(orders.amount AS NUMERIC(10, 2))) AS revenue,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-12-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1
),
-- orders: revenue, orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue, orders by month, previous
orders_monthly_previous AS (
  SELECT
    w.period_start,
    sum(i.revenue) AS revenue_previous,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.revenue, 0) AS revenue,
    COALESCE(r1.orders, 0) AS orders,
    COALESCE(r2.revenue_previous, 0) AS revenue_previous,
    COALESCE(r2.orders_previous, 0) AS orders_previous
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_monthly_previous AS r2 ON r2.period_start = p.period_start
),
-- KPIs that other KPIs use
formulas AS MATERIALIZED (
  SELECT
    c.*,
    COALESCE(CAST(c.revenue_previous AS DOUBLE PRECISION) / NULLIF(c.orders_previous, 0), 0) AS aov
  FROM cells AS c
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  COALESCE(CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.orders, 0), 0) AS aov,
  c.aov AS aov_before,
  COALESCE(CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.orders, 0), 0) - c.aov AS change,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.orders, 0) AS bare,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.orders, 0)
    - CAST(c.revenue_previous AS DOUBLE PRECISION) / NULLIF(c.orders_previous, 0) AS bare_change
FROM formulas AS c
ORDER BY c.period_start;
