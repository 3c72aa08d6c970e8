WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2028-02-14'
    AND orders.ordered_on < DATE '2028-03-20'
  GROUP BY 1
),
-- orders: revenue by week
orders_weekly AS (
  SELECT
    CAST(date_trunc('week', i.period_start) AS DATE) AS period_start,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2028-02-21'
    AND i.period_start < DATE '2028-03-20'
  GROUP BY 1
),
-- the time that each period reads: previous 1 week
previous_1_week AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2028-02-21', DATE '2028-02-14', DATE '2028-02-21'),
      (DATE '2028-02-28', DATE '2028-02-21', DATE '2028-02-28'),
      (DATE '2028-03-06', DATE '2028-02-28', DATE '2028-03-06'),
      (DATE '2028-03-13', DATE '2028-03-06', DATE '2028-03-13')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by week, previous 1 week
orders_weekly_previous_1_week AS (
  SELECT
    w.period_start,
    sum(i.revenue) AS revenue_previous
  FROM orders_atoms AS i
  JOIN previous_1_week AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2028-02-21', TIMESTAMP '2028-03-13', INTERVAL '1 week') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.revenue, 0) AS revenue,
    COALESCE(r2.revenue_previous, 0) AS revenue_previous
  FROM spine AS p
  LEFT JOIN orders_weekly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_weekly_previous_1_week AS r2 ON r2.period_start = p.period_start
),
-- targets, and how KPIs stand against them
formulas AS MATERIALIZED (
  SELECT
    c.*,
    70 AS monthly_target,
    CAST(NULL AS DOUBLE) AS half_march_target,
    70 AS budget_target,
    c.revenue_previous * 1.1 AS growing_target
  FROM cells AS c
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.revenue AS monthly,
  c.monthly_target,
  1 + CAST(c.revenue - c.monthly_target AS DOUBLE) / NULLIF(abs(c.monthly_target), 0) AS monthly_attainment,
  1 + CAST(c.revenue - c.monthly_target AS DOUBLE) / NULLIF(abs(c.monthly_target), 0) AS monthly_pacing,
  CASE
    WHEN c.revenue IS NULL THEN 'no_data'
    WHEN c.monthly_target IS NULL THEN 'no_target'
    WHEN round(c.revenue, 9) < round(c.monthly_target, 9) THEN 'off_track'
    ELSE 'on_track'
  END AS monthly_status,
  c.revenue AS monthly_projected,
  c.revenue AS half_march,
  c.half_march_target,
  1 + CAST(c.revenue - c.half_march_target AS DOUBLE) / NULLIF(abs(c.half_march_target), 0) AS half_march_attainment,
  1 + CAST(c.revenue - c.half_march_target AS DOUBLE) / NULLIF(abs(c.half_march_target), 0) AS half_march_pacing,
  CASE
    WHEN c.revenue IS NULL THEN 'no_data'
    WHEN c.half_march_target IS NULL THEN 'no_target'
    WHEN round(c.revenue, 9) < round(c.half_march_target, 9) THEN 'off_track'
    ELSE 'on_track'
  END AS half_march_status,
  c.revenue AS half_march_projected,
  c.revenue AS budget,
  c.budget_target,
  1 + CAST(c.budget_target - c.revenue AS DOUBLE) / NULLIF(abs(c.budget_target), 0) AS budget_attainment,
  1 + CAST(c.budget_target - c.revenue AS DOUBLE) / NULLIF(abs(c.budget_target), 0) AS budget_pacing,
  CASE
    WHEN c.revenue IS NULL THEN 'no_data'
    WHEN c.budget_target IS NULL THEN 'no_target'
    WHEN round(c.revenue, 9) > round(c.budget_target, 9) THEN 'off_track'
    ELSE 'on_track'
  END AS budget_status,
  c.revenue AS budget_projected,
  c.revenue AS growing,
  c.growing_target,
  1 + CAST(c.revenue - c.growing_target AS DOUBLE) / NULLIF(abs(c.growing_target), 0) AS growing_attainment,
  1 + CAST(c.revenue - c.growing_target AS DOUBLE) / NULLIF(abs(c.growing_target), 0) AS growing_pacing,
  CASE
    WHEN c.revenue IS NULL THEN 'no_data'
    WHEN c.growing_target IS NULL THEN 'no_target'
    WHEN round(c.revenue, 9) < round(c.growing_target, 9) THEN 'off_track'
    ELSE 'on_track'
  END AS growing_status,
  c.revenue AS growing_projected
FROM formulas AS c
ORDER BY c.period_start;
