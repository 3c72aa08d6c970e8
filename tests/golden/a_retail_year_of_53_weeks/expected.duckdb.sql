WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.day AS period_start,
    sum(sales.sales) AS sales
  FROM sales
  WHERE sales.day >= DATE '2021-01-31'
    AND sales.day < DATE '2025-02-02'
  GROUP BY 1
),
-- the time that each period reads: periods
periods AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2022-01-30', DATE '2022-01-30', DATE '2023-01-29'),
      (DATE '2023-01-29', DATE '2023-01-29', DATE '2024-02-04'),
      (DATE '2024-02-04', DATE '2024-02-04', DATE '2025-02-02')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by fiscal_year
sales_yearly AS (
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
      (DATE '2022-01-30', DATE '2021-01-31', DATE '2022-01-30'),
      (DATE '2023-01-29', DATE '2022-01-30', DATE '2023-01-29'),
      (DATE '2024-02-04', DATE '2023-01-29', DATE '2024-02-04')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by fiscal_year, previous
sales_yearly_previous AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_previous
  FROM sales_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- sales: sales by fiscal_year, previous 12 months
sales_yearly_previous_12_months AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_previous_2
  FROM sales_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: year to date
year_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2022-01-30', DATE '2023-01-01', DATE '2023-01-29'),
      (DATE '2023-01-29', DATE '2024-01-01', DATE '2024-02-04'),
      (DATE '2024-02-04', DATE '2025-01-01', DATE '2025-02-02')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by fiscal_year, year to date
sales_yearly_year_to_date AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_to_date
  FROM sales_atoms AS i
  JOIN year_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2022-01-30'),
      (DATE '2023-01-29'),
      (DATE '2024-02-04')
  ) AS q(period_start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.sales, 0) AS sales,
    COALESCE(r2.sales_previous, 0) AS sales_previous,
    COALESCE(r3.sales_previous_2, 0) AS sales_previous_2,
    COALESCE(r4.sales_to_date, 0) AS sales_to_date
  FROM spine AS p
  LEFT JOIN sales_yearly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN sales_yearly_previous AS r2 ON r2.period_start = p.period_start
  LEFT JOIN sales_yearly_previous_12_months AS r3 ON r3.period_start = p.period_start
  LEFT JOIN sales_yearly_year_to_date AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.sales,
  c.sales_previous AS before,
  c.sales_previous_2 AS a_year_before,
  c.sales_to_date AS of_the_calendar_year
FROM cells AS c
ORDER BY c.period_start;
