WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-11'
  GROUP BY 1
),
-- orders: revenue by year
orders_yearly AS (
  SELECT
    CAST(date_trunc('year', i.period_start) AS DATE) AS period_start,
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
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.revenue, 0) AS revenue
  FROM spine AS p
  LEFT JOIN orders_yearly AS r1 ON r1.period_start = p.period_start
),
-- targets, and how KPIs stand against them
formulas AS MATERIALIZED (
  SELECT
    c.*,
    1464 AS revenue_target,
    120 AS revenue_due
  FROM cells AS c
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.revenue,
  c.revenue_target,
  1 + CAST(c.revenue - c.revenue_target AS DOUBLE) / NULLIF(abs(c.revenue_target), 0) AS revenue_attainment,
  1 + CAST(c.revenue - c.revenue_due AS DOUBLE) / NULLIF(abs(c.revenue_due), 0) AS revenue_pacing,
  CASE
    WHEN c.revenue IS NULL THEN 'no_data'
    WHEN c.revenue_due IS NULL THEN 'no_target'
    WHEN round(c.revenue, 9) < round(c.revenue_due, 9) THEN 'off_track'
    ELSE 'on_track'
  END AS revenue_status,
  CASE WHEN TRUE THEN c.revenue * 3.65 ELSE CAST(c.revenue AS DECIMAL(38, 4)) END AS revenue_projected
FROM formulas AS c
ORDER BY c.period_start;
