WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-01-01' AND orders.ordered_on < DATE '2025-04-01'
    OR orders.ordered_on >= DATE '2026-01-01' AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1
),
-- orders: revenue by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by month, previous
orders_monthly_previous AS (
  SELECT
    w.period_start,
    sum(i.revenue) AS revenue_previous
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 year
previous_1_year AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2025-02-01', DATE '2025-03-01'),
      (DATE '2026-03-01', DATE '2025-03-01', DATE '2025-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by month, previous 1 year
orders_monthly_previous_1_year AS (
  SELECT
    w.period_start,
    sum(i.revenue) AS revenue_previous_2
  FROM orders_atoms AS i
  JOIN previous_1_year AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 year previous
previous_1_year_previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2025-01-01', DATE '2025-02-01'),
      (DATE '2026-03-01', DATE '2025-02-01', DATE '2025-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by month, previous 1 year previous
orders_monthly_previous_1_year_previous AS (
  SELECT
    w.period_start,
    sum(i.revenue) AS revenue_previous_3
  FROM orders_atoms AS i
  JOIN previous_1_year_previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.revenue, 0) AS revenue,
    COALESCE(r2.revenue_previous, 0) AS revenue_previous,
    COALESCE(r3.revenue_previous_2, 0) AS revenue_previous_2,
    COALESCE(r4.revenue_previous_3, 0) AS revenue_previous_3
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_monthly_previous AS r2 ON r2.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_1_year AS r3 ON r3.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_1_year_previous AS r4 ON r4.period_start = p.period_start
),
-- KPIs that other KPIs use
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CAST(c.revenue_previous_2 AS DOUBLE) / NULLIF(c.revenue_previous_3, 0) - 1 AS growth
  FROM cells AS c
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.revenue,
  CAST(c.revenue AS DOUBLE) / NULLIF(c.revenue_previous, 0) - 1 AS growth,
  c.growth AS growth_before,
  CAST(c.revenue AS DOUBLE) / NULLIF(c.revenue_previous, 0) - 1 - c.growth AS faster,
  c.revenue_previous_3 AS month_before_a_year_before
FROM formulas AS c
ORDER BY c.period_start;
