WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.sold_on AS period_start,
    sales.kind,
    count(*) AS sales,
    sum(sales.amount) AS amount
  FROM (
select sold_on, kind, amount
from sales_raw
where amount >= 5
  and shop <> 'x'' or ''1''=''1'
  and shop = 'b'
  ) AS sales
  WHERE sales.sold_on >= DATE '2026-01-01'
    AND sales.sold_on < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- sales: sales, amount by month
sales_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.kind,
    CAST(sum(i.sales) AS BIGINT) AS sales,
    sum(i.amount) AS amount
  FROM sales_atoms AS i
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    i.kind
  FROM sales_atoms AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.kind,
    r.sales,
    r.amount
  FROM sales_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.kind,
    CAST(NULL AS BIGINT) AS sales,
    CAST(NULL AS BIGINT) AS amount
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.kind,
    COALESCE(max(k.sales), 0) AS sales,
    COALESCE(max(k.amount), 0) AS amount
  FROM stack AS k
  GROUP BY 1, 2
)
SELECT
  c.period_start,
  'kind' AS slicing,
  'all' AS segment,
  c.kind,
  c.sales,
  c.amount
FROM cells AS c
ORDER BY c.kind NULLS LAST, c.period_start;
