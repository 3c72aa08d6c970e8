WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.day AS period_start,
    sum(sales.sales) AS sales_to_date
  FROM sales
  WHERE sales.day >= DATE '2025-07-01'
    AND sales.day < DATE '2026-08-01'
  GROUP BY 1
),
-- the time that each period reads: fiscal_year to date
fiscal_year_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-06-01', DATE '2025-07-01', DATE '2026-07-01'),
      (DATE '2026-07-01', DATE '2026-07-01', DATE '2026-08-01')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by month, fiscal_year to date
sales_monthly_fiscal_year_to_date AS (
  SELECT
    w.period_start,
    sum(i.sales_to_date) AS sales_to_date
  FROM sales_atoms AS i
  JOIN fiscal_year_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: year to date
year_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-06-01', DATE '2026-01-01', DATE '2026-07-01'),
      (DATE '2026-07-01', DATE '2026-01-01', DATE '2026-08-01')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by month, year to date
sales_monthly_year_to_date AS (
  SELECT
    w.period_start,
    sum(i.sales_to_date) AS sales_to_date_2
  FROM sales_atoms AS i
  JOIN year_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: fiscal_quarter to date
fiscal_quarter_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-06-01', DATE '2026-04-01', DATE '2026-07-01'),
      (DATE '2026-07-01', DATE '2026-07-01', DATE '2026-08-01')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by month, fiscal_quarter to date
sales_monthly_fiscal_quarter_to_date AS (
  SELECT
    w.period_start,
    sum(i.sales_to_date) AS sales_to_date_3
  FROM sales_atoms AS i
  JOIN fiscal_quarter_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-06-01', TIMESTAMP '2026-07-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.sales_to_date, 0) AS sales_to_date,
    COALESCE(r2.sales_to_date_2, 0) AS sales_to_date_2,
    COALESCE(r3.sales_to_date_3, 0) AS sales_to_date_3
  FROM spine AS p
  LEFT JOIN sales_monthly_fiscal_year_to_date AS r1 ON r1.period_start = p.period_start
  LEFT JOIN sales_monthly_year_to_date AS r2 ON r2.period_start = p.period_start
  LEFT JOIN sales_monthly_fiscal_quarter_to_date AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.sales_to_date AS fiscal_ytd,
  c.sales_to_date_2 AS ytd,
  c.sales_to_date_3 AS fiscal_qtd
FROM cells AS c
ORDER BY c.period_start;
