WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.day AS period_start,
    sum(sales.sales) AS sales
  FROM sales
  WHERE sales.day >= DATE '2018-12-31'
    AND sales.day < DATE '2022-01-03'
  GROUP BY 1
),
-- the time that each period reads: periods
periods AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2019-12-30', DATE '2019-12-30', DATE '2021-01-04'),
      (DATE '2021-01-04', DATE '2021-01-04', DATE '2022-01-03')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by iso_year
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
      (DATE '2019-12-30', DATE '2018-12-31', DATE '2019-12-30'),
      (DATE '2021-01-04', DATE '2019-12-30', DATE '2021-01-04')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by iso_year, previous
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
-- the periods asked
spine AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2019-12-30'),
      (DATE '2021-01-04')
  ) AS q(period_start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.sales, 0) AS sales,
    COALESCE(r2.sales_previous, 0) AS sales_previous
  FROM spine AS p
  LEFT JOIN sales_yearly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN sales_yearly_previous AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.sales,
  c.sales_previous AS before
FROM cells AS c
ORDER BY c.period_start;
