WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.day AS period_start,
    sum(sales.sales) AS sales
  FROM sales
  WHERE sales.day >= DATE '2024-10-27' AND sales.day < DATE '2024-12-29'
    OR sales.day >= DATE '2025-09-28' AND sales.day < DATE '2025-12-23'
  GROUP BY 1
),
-- the time that each period reads: periods
periods AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2025-10-26', DATE '2025-10-26', DATE '2025-11-23'),
      (DATE '2025-11-23', DATE '2025-11-23', DATE '2025-12-28')
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
      (DATE '2025-10-26', DATE '2025-09-28', DATE '2025-10-26'),
      (DATE '2025-11-23', DATE '2025-10-26', DATE '2025-11-23')
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
-- the time that each period reads: previous 1 year
previous_1_year AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2025-10-26', DATE '2024-10-27', DATE '2024-11-24'),
      (DATE '2025-11-23', DATE '2024-11-24', DATE '2024-12-24')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by fiscal_month, previous 1 year
sales_monthly_previous_1_year AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_previous_2
  FROM sales_atoms AS i
  JOIN previous_1_year AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 12 months
previous_12_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2025-10-26', DATE '2024-10-27', DATE '2024-11-24'),
      (DATE '2025-11-23', DATE '2024-11-24', DATE '2024-12-29')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by fiscal_month, previous 12 months
sales_monthly_previous_12_months AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_previous_3
  FROM sales_atoms AS i
  JOIN previous_12_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2025-10-26'),
      (DATE '2025-11-23')
  ) AS q(period_start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.sales, 0) AS sales,
    COALESCE(r2.sales_previous, 0) AS sales_previous,
    COALESCE(r3.sales_previous_2, 0) AS sales_previous_2,
    COALESCE(r4.sales_previous_3, 0) AS sales_previous_3
  FROM spine AS p
  LEFT JOIN sales_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN sales_monthly_previous AS r2 ON r2.period_start = p.period_start
  LEFT JOIN sales_monthly_previous_1_year AS r3 ON r3.period_start = p.period_start
  LEFT JOIN sales_monthly_previous_12_months AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.sales,
  c.sales_previous AS month_before,
  c.sales_previous_2 AS year_before,
  c.sales_previous_3 AS whole_year_before
FROM cells AS c
ORDER BY c.period_start;
