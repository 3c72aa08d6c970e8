WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    count(*) AS orders_where,
    count(*) FILTER (WHERE orders.device = 'mobile') AS orders_where_2,
    count(*) FILTER (WHERE orders.channel = 'shop') AS orders_where_3
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
    AND (orders.device = 'desktop') IS NOT TRUE
    AND orders.channel = 'web'
  GROUP BY 1
),
-- orders: orders by quarter
orders_quarterly AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.orders_where) AS BIGINT) AS orders_where,
    CAST(sum(i.orders_where_2) AS BIGINT) AS orders_where_2,
    CAST(sum(i.orders_where_3) AS BIGINT) AS orders_where_3
  FROM orders_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '3 months') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.orders_where, 0) AS orders_where,
    COALESCE(r1.orders_where_2, 0) AS orders_where_2,
    COALESCE(r1.orders_where_3, 0) AS orders_where_3
  FROM spine AS p
  LEFT JOIN orders_quarterly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.orders_where AS web,
  c.orders_where_2 AS web_mobile,
  c.orders_where_3 AS never
FROM cells AS c
ORDER BY c.period_start;
