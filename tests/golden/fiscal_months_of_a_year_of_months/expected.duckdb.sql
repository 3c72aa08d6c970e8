WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.day AS period_start,
    sum(sales.sales) AS sales
  FROM sales
  WHERE sales.day >= DATE '2026-01-01'
    AND sales.day < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: periods
periods AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by fiscal_month
sales_monthly AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales
  FROM sales_atoms AS i
  JOIN periods AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
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
-- sales: sales by fiscal_month, previous
sales_monthly_previous AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_previous
  FROM sales_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: fiscal_quarter to date
fiscal_quarter_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by fiscal_month, fiscal_quarter to date
sales_monthly_fiscal_quarter_to_date AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_to_date
  FROM sales_atoms AS i
  JOIN fiscal_quarter_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01'),
      (DATE '2026-03-01')
  ) AS q(period_start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.sales, 0) AS sales,
    COALESCE(r2.sales_previous, 0) AS sales_previous,
    COALESCE(r3.sales_to_date, 0) AS sales_to_date
  FROM spine AS p
  LEFT JOIN sales_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN sales_monthly_previous AS r2 ON r2.period_start = p.period_start
  LEFT JOIN sales_monthly_fiscal_quarter_to_date AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.sales,
  c.sales_previous AS before,
  c.sales_to_date AS of_the_quarter
FROM cells AS c
ORDER BY c.period_start;
