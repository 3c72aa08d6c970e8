WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.sold_on AS period_start,
    count(*) AS sales
  FROM sales
  WHERE sales.sold_on >= DATE '2026-01-01'
    AND sales.sold_on < DATE '2027-01-01'
  GROUP BY 1
),
-- sales: sales by quarter
sales_quarterly AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.sales) AS BIGINT) AS sales
  FROM sales_atoms AS i
  GROUP BY 1
),
-- sales: buyers by quarter
sales_distinct_quarterly AS (
  SELECT
    CAST(date_trunc('quarter', sales.sold_on) AS DATE) AS period_start,
    count(DISTINCT sales.buyer) AS buyers
  FROM sales
  WHERE sales.sold_on >= DATE '2026-01-01'
    AND sales.sold_on < DATE '2027-01-01'
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-10-01', INTERVAL '3 months') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.sales, 0) AS sales,
    COALESCE(r2.buyers, 0) AS buyers
  FROM spine AS p
  LEFT JOIN sales_quarterly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN sales_distinct_quarterly AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.sales,
  c.buyers
FROM cells AS c
ORDER BY c.period_start;
