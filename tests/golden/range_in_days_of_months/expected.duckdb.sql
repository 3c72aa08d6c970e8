WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.sold_on AS period_start,
    count(*) AS sales
  FROM sales
  WHERE sales.sold_on >= DATE '2026-02-01'
    AND sales.sold_on < DATE '2026-03-01'
  GROUP BY 1
),
-- sales: sales by month
sales_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.sales) AS BIGINT) AS sales
  FROM sales_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.sales, 0) AS sales
  FROM spine AS p
  LEFT JOIN sales_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.sales
FROM cells AS c
ORDER BY c.period_start;
