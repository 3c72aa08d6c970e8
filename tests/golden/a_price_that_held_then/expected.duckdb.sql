WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.sold_on AS period_start,
    sum(sales.qty) AS pieces,
    sum(sales.qty * CAST(list.price AS DECIMAL(10, 2))) AS list_value
  FROM sales
  LEFT JOIN prices AS list
    ON list.sku = sales.sku
    AND sales.sold_on >= list.valid_from
    AND (list.valid_until IS NULL OR sales.sold_on < list.valid_until)
  WHERE sales.sold_on >= DATE '2026-01-01'
    AND sales.sold_on < DATE '2026-04-01'
  GROUP BY 1
),
-- sales: pieces, list_value by month
sales_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.pieces) AS pieces,
    sum(i.list_value) AS list_value
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
    COALESCE(r1.pieces, 0) AS pieces,
    COALESCE(r1.list_value, 0) AS list_value
  FROM spine AS p
  LEFT JOIN sales_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.pieces,
  c.list_value
FROM cells AS c
ORDER BY c.period_start;
