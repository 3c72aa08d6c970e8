WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.day AS period_start,
    sum(CAST(sales.amount AS DECIMAL(10, 2)) * CAST(fx.rate AS DECIMAL(10, 4))) AS euros,
    sum(
      CAST(CAST(sales.amount AS DECIMAL(10, 2)) AS DOUBLE)
        / NULLIF(CAST(fx.per_euro AS DECIMAL(10, 4)), 0)
    ) AS euros_too
  FROM sales
  LEFT JOIN rates AS fx
    ON fx.currency = sales.money
    AND sales.day >= fx.starts
    AND (fx.ends IS NULL OR sales.day < fx.ends)
  WHERE sales.day >= DATE '2026-01-01'
    AND sales.day < DATE '2026-04-01'
  GROUP BY 1
),
-- sales: euros, euros_too by month
sales_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.euros) AS euros,
    sum(i.euros_too) AS euros_too
  FROM sales_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.euros, 0) AS euros,
    COALESCE(r1.euros_too, 0) AS euros_too
  FROM spine AS p
  LEFT JOIN sales_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.euros,
  c.euros_too
FROM cells AS c
ORDER BY c.period_start;
