WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.day AS period_start,
    sum(sales.sales) AS sales
  FROM sales
  WHERE sales.day >= DATE '2022-12-25' AND sales.day < DATE '2023-02-12'
    OR sales.day >= DATE '2023-11-26' AND sales.day < DATE '2024-02-11'
  GROUP BY 1
),
-- sales: sales by week
sales_weekly AS (
  SELECT
    CAST(date_trunc('week', CAST(i.period_start AS DATE) + 1) AS DATE) - 1 AS period_start,
    sum(i.sales) AS sales
  FROM sales_atoms AS i
  WHERE i.period_start >= DATE '2023-12-24'
    AND i.period_start < DATE '2024-02-11'
  GROUP BY 1
),
-- the time that each period reads: fiscal_month to date
fiscal_month_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-12-24', DATE '2023-11-26', DATE '2023-12-31'),
      (DATE '2023-12-31', DATE '2023-12-31', DATE '2024-01-07'),
      (DATE '2024-01-07', DATE '2023-12-31', DATE '2024-01-14'),
      (DATE '2024-01-14', DATE '2023-12-31', DATE '2024-01-21'),
      (DATE '2024-01-21', DATE '2023-12-31', DATE '2024-01-28'),
      (DATE '2024-01-28', DATE '2023-12-31', DATE '2024-02-04'),
      (DATE '2024-02-04', DATE '2024-02-04', DATE '2024-02-11')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by week, fiscal_month to date
sales_weekly_fiscal_month_to_date AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_to_date
  FROM sales_atoms AS i
  JOIN fiscal_month_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 year
previous_1_year AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-12-24', DATE '2022-12-25', DATE '2023-01-01'),
      (DATE '2023-12-31', DATE '2023-01-01', DATE '2023-01-08'),
      (DATE '2024-01-07', DATE '2023-01-08', DATE '2023-01-15'),
      (DATE '2024-01-14', DATE '2023-01-15', DATE '2023-01-22'),
      (DATE '2024-01-21', DATE '2023-01-22', DATE '2023-01-29'),
      (DATE '2024-01-28', DATE '2023-01-29', DATE '2023-02-05'),
      (DATE '2024-02-04', DATE '2023-02-05', DATE '2023-02-12')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by week, previous 1 year
sales_weekly_previous_1_year AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_previous
  FROM sales_atoms AS i
  JOIN previous_1_year AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2023-12-24', TIMESTAMP '2024-02-04', INTERVAL '1 week') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.sales, 0) AS sales,
    COALESCE(r2.sales_to_date, 0) AS sales_to_date,
    COALESCE(r3.sales_previous, 0) AS sales_previous
  FROM spine AS p
  LEFT JOIN sales_weekly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN sales_weekly_fiscal_month_to_date AS r2 ON r2.period_start = p.period_start
  LEFT JOIN sales_weekly_previous_1_year AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.sales,
  c.sales_to_date AS of_the_month,
  c.sales_previous AS year_before
FROM cells AS c
ORDER BY c.period_start;
