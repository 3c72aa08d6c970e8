WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.sold_on AS period_start,
    count(*) AS sales
  FROM sales
  WHERE sales.sold_on >= DATE '2025-12-01'
    AND sales.sold_on < DATE '2026-04-01'
  GROUP BY 1
),
-- sales: sales by month
sales_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.sales) AS BIGINT) AS sales
  FROM sales_atoms AS i
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
-- sales: sales by month, previous
sales_monthly_previous AS (
  SELECT
    w.period_start,
    CAST(sum(i.sales) AS BIGINT) AS sales_previous
  FROM sales_atoms AS i
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
    COALESCE(r1.sales, 0) AS sales,
    CASE WHEN p.period_start >= DATE '2026-02-01' THEN COALESCE(r2.sales_previous, 0) END AS sales_previous
  FROM spine AS p
  LEFT JOIN sales_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN sales_monthly_previous AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.sales,
  c.sales_previous AS before,
  CAST(c.sales AS DOUBLE) / NULLIF(c.sales_previous, 0) - 1 AS growth
FROM cells AS c
ORDER BY c.period_start;
