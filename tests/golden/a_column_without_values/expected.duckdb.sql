WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.day AS period_start,
    sum(sales.amount) AS amount,
    sum(sales.amount) FILTER (WHERE NOT COALESCE(sales.new, FALSE) OR sales.new = TRUE) AS not_new
  FROM sales
  WHERE sales.day >= DATE '2026-01-01'
    AND sales.day < DATE '2026-02-01'
    AND (sales.buyer < 2 OR (sales.buyer = 2) IS NOT TRUE)
  GROUP BY 1
),
-- sales: amount, not_new by month
sales_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.amount) AS amount,
    sum(i.not_new) AS not_new
  FROM sales_atoms AS i
  GROUP BY 1
),
-- again by day
again_atoms AS (
  SELECT
    again.day AS period_start,
    sum(again.amount) AS "all",
    sum(again.amount) FILTER (WHERE (again.buyer = 1) IS NOT TRUE OR (again.buyer = 2) IS NOT TRUE) AS neither,
    sum(again.amount) FILTER (WHERE again.buyer < 2 OR again.buyer = 3) AS "some"
  FROM sales AS again
  WHERE again.day >= DATE '2026-01-01'
    AND again.day < DATE '2026-02-01'
    AND (NOT COALESCE(again.new, FALSE) OR again.new = TRUE)
  GROUP BY 1
),
-- again: all, neither, some by month
again_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i."all") AS "all",
    sum(i.neither) AS neither,
    sum(i."some") AS "some"
  FROM again_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.amount, 0) AS amount,
    COALESCE(r1.not_new, 0) AS not_new,
    COALESCE(r2."all", 0) AS "all",
    COALESCE(r2.neither, 0) AS neither,
    COALESCE(r2."some", 0) AS "some"
  FROM spine AS p
  LEFT JOIN sales_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN again_monthly AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.amount,
  c.not_new,
  c."all",
  c.neither,
  c."some"
FROM cells AS c
ORDER BY c.period_start;
