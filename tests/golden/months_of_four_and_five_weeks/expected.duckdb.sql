WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.day AS period_start,
    sum(sales.sales) AS sales
  FROM sales
  WHERE sales.day >= DATE '2022-10-02'
    AND sales.day < DATE '2024-03-03'
  GROUP BY 1
),
-- the time that each period reads: periods
periods AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-10-29', DATE '2023-10-29', DATE '2023-11-26'),
      (DATE '2023-11-26', DATE '2023-11-26', DATE '2023-12-31'),
      (DATE '2023-12-31', DATE '2023-12-31', DATE '2024-02-04'),
      (DATE '2024-02-04', DATE '2024-02-04', DATE '2024-03-03')
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
      (DATE '2023-10-29', DATE '2023-10-01', DATE '2023-10-29'),
      (DATE '2023-11-26', DATE '2023-10-29', DATE '2023-11-26'),
      (DATE '2023-12-31', DATE '2023-11-26', DATE '2023-12-31'),
      (DATE '2024-02-04', DATE '2023-12-31', DATE '2024-02-04')
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
-- the time that each period reads: previous 1 quarter
previous_1_quarter AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-10-29', DATE '2023-07-30', DATE '2023-08-27'),
      (DATE '2023-11-26', DATE '2023-08-27', DATE '2023-10-01'),
      (DATE '2023-12-31', DATE '2023-10-01', DATE '2023-10-29'),
      (DATE '2024-02-04', DATE '2023-10-29', DATE '2023-11-26')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by fiscal_month, previous 1 quarter
sales_monthly_previous_1_quarter AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_previous_2
  FROM sales_atoms AS i
  JOIN previous_1_quarter AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 year
previous_1_year AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-10-29', DATE '2022-10-30', DATE '2022-11-27'),
      (DATE '2023-11-26', DATE '2022-11-27', DATE '2023-01-01'),
      (DATE '2023-12-31', DATE '2023-01-01', DATE '2023-01-29'),
      (DATE '2024-02-04', DATE '2023-01-29', DATE '2023-02-26')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by fiscal_month, previous 1 year
sales_monthly_previous_1_year AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_previous_3
  FROM sales_atoms AS i
  JOIN previous_1_year AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 12 months previous
previous_12_months_previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-10-29', DATE '2022-10-02', DATE '2022-10-30'),
      (DATE '2023-11-26', DATE '2022-10-30', DATE '2022-11-27'),
      (DATE '2023-12-31', DATE '2022-11-27', DATE '2023-01-01'),
      (DATE '2024-02-04', DATE '2023-01-01', DATE '2023-01-29')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by fiscal_month, previous 12 months previous
sales_monthly_previous_12_months_previous AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_previous_4
  FROM sales_atoms AS i
  JOIN previous_12_months_previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: fiscal_quarter to date
fiscal_quarter_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-10-29', DATE '2023-10-29', DATE '2023-11-26'),
      (DATE '2023-11-26', DATE '2023-10-29', DATE '2023-12-31'),
      (DATE '2023-12-31', DATE '2023-10-29', DATE '2024-02-04'),
      (DATE '2024-02-04', DATE '2024-02-04', DATE '2024-03-03')
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
-- the time that each period reads: fiscal_year to date
fiscal_year_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-10-29', DATE '2023-01-29', DATE '2023-11-26'),
      (DATE '2023-11-26', DATE '2023-01-29', DATE '2023-12-31'),
      (DATE '2023-12-31', DATE '2023-01-29', DATE '2024-02-04'),
      (DATE '2024-02-04', DATE '2024-02-04', DATE '2024-03-03')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by fiscal_month, fiscal_year to date
sales_monthly_fiscal_year_to_date AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_to_date_2
  FROM sales_atoms AS i
  JOIN fiscal_year_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: rolling 52 weeks
rolling_52_weeks AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-10-29', DATE '2022-11-27', DATE '2023-11-26'),
      (DATE '2023-11-26', DATE '2023-01-01', DATE '2023-12-31'),
      (DATE '2023-12-31', DATE '2023-02-05', DATE '2024-02-04'),
      (DATE '2024-02-04', DATE '2023-03-05', DATE '2024-03-03')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by fiscal_month, rolling 52 weeks
sales_monthly_rolling_52_weeks AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_rolling
  FROM sales_atoms AS i
  JOIN rolling_52_weeks AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- sales: sales by fiscal_month, previous 1 month
sales_monthly_previous_1_month AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_previous_5
  FROM sales_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 2 months
previous_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-10-29', DATE '2023-08-27', DATE '2023-10-01'),
      (DATE '2023-11-26', DATE '2023-10-01', DATE '2023-10-29'),
      (DATE '2023-12-31', DATE '2023-10-29', DATE '2023-11-26'),
      (DATE '2024-02-04', DATE '2023-11-26', DATE '2023-12-31')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by fiscal_month, previous 2 months
sales_monthly_previous_2_months AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_previous_6
  FROM sales_atoms AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-10-29'),
      (DATE '2023-11-26'),
      (DATE '2023-12-31'),
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
    COALESCE(r4.sales_previous_3, 0) AS sales_previous_3,
    COALESCE(r5.sales_previous_4, 0) AS sales_previous_4,
    COALESCE(r6.sales_to_date, 0) AS sales_to_date,
    COALESCE(r7.sales_to_date_2, 0) AS sales_to_date_2,
    COALESCE(r8.sales_rolling, 0) AS sales_rolling,
    COALESCE(r9.sales_previous_5, 0) AS sales_previous_5,
    COALESCE(r10.sales_previous_6, 0) AS sales_previous_6
  FROM spine AS p
  LEFT JOIN sales_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN sales_monthly_previous AS r2 ON r2.period_start = p.period_start
  LEFT JOIN sales_monthly_previous_1_quarter AS r3 ON r3.period_start = p.period_start
  LEFT JOIN sales_monthly_previous_1_year AS r4 ON r4.period_start = p.period_start
  LEFT JOIN sales_monthly_previous_12_months_previous AS r5 ON r5.period_start = p.period_start
  LEFT JOIN sales_monthly_fiscal_quarter_to_date AS r6 ON r6.period_start = p.period_start
  LEFT JOIN sales_monthly_fiscal_year_to_date AS r7 ON r7.period_start = p.period_start
  LEFT JOIN sales_monthly_rolling_52_weeks AS r8 ON r8.period_start = p.period_start
  LEFT JOIN sales_monthly_previous_1_month AS r9 ON r9.period_start = p.period_start
  LEFT JOIN sales_monthly_previous_2_months AS r10 ON r10.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.sales,
  c.sales_previous AS before,
  c.sales_previous_2 AS quarter_before,
  c.sales_previous_3 AS year_before,
  c.sales_previous_4 AS year_and_month_before,
  c.sales_to_date AS of_the_quarter,
  c.sales_to_date_2 AS of_the_year,
  c.sales_rolling AS of_52_weeks,
  (
    SELECT
      CASE
        WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE), CAST(p.place AS DOUBLE))
      END AS value
    FROM (
      VALUES
        (0, c.sales_previous_6),
        (1, c.sales_previous_5),
        (2, c.sales)
    ) AS p(place, value)
  ) AS trend
FROM cells AS c
ORDER BY c.period_start;
