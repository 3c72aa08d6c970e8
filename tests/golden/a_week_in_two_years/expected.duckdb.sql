WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.day AS period_start,
    sum(sales.sales) AS sales
  FROM sales
  WHERE sales.day >= DATE '2019-12-30'
    AND sales.day < DATE '2021-01-11'
  GROUP BY 1
),
-- sales: sales by week
sales_weekly AS (
  SELECT
    CAST(date_trunc('week', i.period_start) AS DATE) AS period_start,
    sum(i.sales) AS sales
  FROM sales_atoms AS i
  WHERE i.period_start >= DATE '2020-12-28'
    AND i.period_start < DATE '2021-01-11'
  GROUP BY 1
),
-- the time that each period reads: year to date
year_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2020-12-28', DATE '2021-01-01', DATE '2021-01-04'),
      (DATE '2021-01-04', DATE '2021-01-01', DATE '2021-01-11')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by week, year to date
sales_weekly_year_to_date AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_to_date
  FROM sales_atoms AS i
  JOIN year_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: iso_year to date
iso_year_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2020-12-28', DATE '2019-12-30', DATE '2021-01-04'),
      (DATE '2021-01-04', DATE '2021-01-04', DATE '2021-01-11')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by week, iso_year to date
sales_weekly_iso_year_to_date AS (
  SELECT
    w.period_start,
    sum(i.sales) AS sales_to_date_2
  FROM sales_atoms AS i
  JOIN iso_year_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2020-12-28', TIMESTAMP '2021-01-04', INTERVAL '1 week') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.sales, 0) AS sales,
    COALESCE(r2.sales_to_date, 0) AS sales_to_date,
    COALESCE(r3.sales_to_date_2, 0) AS sales_to_date_2
  FROM spine AS p
  LEFT JOIN sales_weekly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN sales_weekly_year_to_date AS r2 ON r2.period_start = p.period_start
  LEFT JOIN sales_weekly_iso_year_to_date AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.sales,
  c.sales_to_date AS ytd,
  c.sales_to_date_2 AS weeks_to_date
FROM cells AS c
ORDER BY c.period_start;
