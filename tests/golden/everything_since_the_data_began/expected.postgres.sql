WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.sold_on AS period_start,
    count(*) AS sales_cumulative,
    sum(sales.amount) AS mean_cumulative_sum,
    count(sales.amount) AS mean_cumulative_count
  FROM sales
  WHERE sales.sold_on < DATE '2026-05-01'
  GROUP BY 1
),
-- the time that each period reads: cumulative
cumulative AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-04-01'),
      (DATE '2026-04-01', DATE '2026-05-01')
  ) AS q(period_start, window_end)
),
-- sales: sales, mean by month, cumulative
sales_monthly_cumulative AS (
  SELECT
    w.period_start,
    CAST(sum(i.sales_cumulative) AS BIGINT) AS sales_cumulative,
    CAST(sum(i.mean_cumulative_sum) AS DOUBLE PRECISION) / NULLIF(sum(i.mean_cumulative_count), 0) AS mean_cumulative
  FROM sales_atoms AS i
  JOIN cumulative AS w ON i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: rolling 2 months
rolling_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-04-01'),
      (DATE '2026-04-01', DATE '2026-03-01', DATE '2026-05-01')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by month, rolling 2 months
sales_monthly_rolling_2_months AS (
  SELECT
    w.period_start,
    CAST(sum(i.sales_cumulative) AS BIGINT) AS sales_rolling
  FROM sales_atoms AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: year to date
year_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-01-01', DATE '2026-04-01'),
      (DATE '2026-04-01', DATE '2026-01-01', DATE '2026-05-01')
  ) AS q(period_start, window_start, window_end)
),
-- sales: sales by month, year to date
sales_monthly_year_to_date AS (
  SELECT
    w.period_start,
    CAST(sum(i.sales_cumulative) AS BIGINT) AS sales_to_date
  FROM sales_atoms AS i
  JOIN year_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-04-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    CASE WHEN p.period_start >= DATE '2026-02-01' THEN COALESCE(r1.sales_cumulative, 0) END AS sales_cumulative,
    CASE WHEN p.period_start >= DATE '2026-02-01' THEN r1.mean_cumulative END AS mean_cumulative,
    CASE WHEN p.period_start >= DATE '2026-02-01' THEN COALESCE(r2.sales_rolling, 0) END AS sales_rolling,
    CASE WHEN p.period_start >= DATE '2026-02-01' THEN COALESCE(r3.sales_to_date, 0) END AS sales_to_date
  FROM spine AS p
  LEFT JOIN sales_monthly_cumulative AS r1 ON r1.period_start = p.period_start
  LEFT JOIN sales_monthly_rolling_2_months AS r2 ON r2.period_start = p.period_start
  LEFT JOIN sales_monthly_year_to_date AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.sales_cumulative AS sales_ever,
  c.mean_cumulative AS mean_ever,
  c.sales_rolling AS sales_2m,
  c.sales_to_date AS sales_ytd
FROM cells AS c
ORDER BY c.period_start;
