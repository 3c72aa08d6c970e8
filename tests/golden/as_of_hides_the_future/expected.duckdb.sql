WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.sold_on AS period_start,
    sales.shop,
    count(*) AS sales,
    sum(CAST(sales.amount AS DECIMAL(10, 2))) AS revenue,
    count(CAST(sales.amount AS DECIMAL(10, 2))) AS mean_count
  FROM sales
  WHERE sales.sold_on >= DATE '2026-01-01'
    AND sales.sold_on < DATE '2026-02-16'
  GROUP BY 1, 2
),
-- sales: sales, revenue, mean by month
sales_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'shop' AS slicing,
    i.shop,
    CAST(sum(i.sales) AS BIGINT) AS sales,
    sum(i.revenue) AS revenue,
    CAST(sum(i.revenue) AS DOUBLE) / NULLIF(sum(i.mean_count), 0) AS mean
  FROM sales_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS shop,
    CAST(sum(i.sales) AS BIGINT) AS sales,
    sum(i.revenue) AS revenue,
    CAST(sum(i.revenue) AS DOUBLE) / NULLIF(sum(i.mean_count), 0) AS mean
  FROM sales_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-04-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'shop' AS slicing,
    i.shop
  FROM sales_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS shop
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.shop,
    r.sales,
    r.revenue,
    r.mean
  FROM sales_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.shop,
    CAST(NULL AS BIGINT) AS sales,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS mean
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.shop,
    CASE WHEN k.period_start < DATE '2026-03-01' THEN COALESCE(max(k.sales), 0) END AS sales,
    CASE WHEN k.period_start < DATE '2026-03-01' THEN COALESCE(max(k.revenue), 0) END AS revenue,
    CASE WHEN k.period_start < DATE '2026-03-01' THEN max(k.mean) END AS mean
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.shop,
  c.sales,
  c.revenue,
  c.mean
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'shop' THEN 1 END,
  c.shop NULLS LAST,
  c.period_start;
