WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.sold_on AS period_start,
    sales.kind,
    sum(CAST(sales.price AS DECIMAL(9, 2)) * sales.pieces) AS revenue,
    sum(
      CAST(sales.price AS DECIMAL(9, 2))
        * (1 - COALESCE(CAST(sales.discount AS DECIMAL(4, 3)), 0.05))
    ) AS net,
    sum(
      CASE
        WHEN sales.kind = 'a' THEN CAST(CAST(sales.price AS DECIMAL(9, 2)) AS DECIMAL(38, 3))
        ELSE 0.125
      END
    ) AS fee,
    count(*) FILTER (WHERE CAST(sales.price AS DECIMAL(9, 2)) > 0.123456789) AS dear
  FROM sales
  WHERE sales.sold_on >= DATE '2026-01-01'
    AND sales.sold_on < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- sales: revenue, net, fee, dear by month
sales_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.kind,
    sum(i.revenue) AS revenue,
    sum(i.net) AS net,
    sum(i.fee) AS fee,
    CAST(sum(i.dear) AS BIGINT) AS dear
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
    r.revenue,
    r.net,
    r.fee,
    r.dear
  FROM sales_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.kind,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS net,
    CAST(NULL AS BIGINT) AS fee,
    CAST(NULL AS BIGINT) AS dear
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.kind,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.net), 0) AS net,
    COALESCE(max(k.fee), 0) AS fee,
    COALESCE(max(k.dear), 0) AS dear
  FROM stack AS k
  GROUP BY 1, 2
)
SELECT
  c.period_start,
  'kind' AS slicing,
  'all' AS segment,
  c.kind,
  c.revenue,
  c.net,
  c.fee,
  c.revenue * 0.2 AS vat,
  c.dear,
  CASE WHEN c.revenue > 100 THEN CAST(c.revenue AS DECIMAL(38, 3)) ELSE 0.125 END AS chosen,
  GREATEST(CAST(c.revenue AS DECIMAL(38, 3)), 21.125) AS most
FROM cells AS c
ORDER BY c.kind NULLS LAST, c.period_start;
