WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) AS revenue,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (WHERE orders.channel = 'web') AS web,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (WHERE (orders.channel = 'web') IS NOT TRUE) AS not_web,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (WHERE orders.channel IN ('web', 'mail')) AS is_in,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (
      WHERE (orders.channel IN ('web', 'mail')) IS NOT TRUE
    ) AS not_in,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (WHERE orders.channel LIKE 'w%' ESCAPE '') AS is_like,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (
      WHERE (orders.channel LIKE 'w%' ESCAPE '') IS NOT TRUE
    ) AS not_like,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (WHERE orders.channel BETWEEN 'a' AND 'v') AS is_between,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (
      WHERE (orders.channel BETWEEN 'a' AND 'v') IS NOT TRUE
    ) AS not_between,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (
      WHERE (orders.channel = 'web' AND (orders.device = 'mobile') IS NOT TRUE) IS NOT TRUE
    ) AS nested
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1
),
-- orders: revenue, web, not_web, is_in, not_in, is_like, not_like, is_between, not_between, nested by quarter
orders_quarterly AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    sum(i.revenue) AS revenue,
    sum(i.web) AS web,
    sum(i.not_web) AS not_web,
    sum(i.web) AS revenue_where,
    sum(i.not_web) AS revenue_where_2,
    sum(i.is_in) AS is_in,
    sum(i.not_in) AS not_in,
    sum(i.is_like) AS is_like,
    sum(i.not_like) AS not_like,
    sum(i.is_between) AS is_between,
    sum(i.not_between) AS not_between,
    sum(i.nested) AS nested
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
    COALESCE(r1.revenue, 0) AS revenue,
    COALESCE(r1.web, 0) AS web,
    COALESCE(r1.not_web, 0) AS not_web,
    COALESCE(r1.revenue_where, 0) AS revenue_where,
    COALESCE(r1.revenue_where_2, 0) AS revenue_where_2,
    COALESCE(r1.is_in, 0) AS is_in,
    COALESCE(r1.not_in, 0) AS not_in,
    COALESCE(r1.is_like, 0) AS is_like,
    COALESCE(r1.not_like, 0) AS not_like,
    COALESCE(r1.is_between, 0) AS is_between,
    COALESCE(r1.not_between, 0) AS not_between,
    COALESCE(r1.nested, 0) AS nested
  FROM spine AS p
  LEFT JOIN orders_quarterly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.revenue,
  c.web,
  c.not_web,
  c.revenue_where + c.revenue_where_2 AS "both",
  c.is_in,
  c.not_in,
  c.is_like,
  c.not_like,
  c.is_between,
  c.not_between,
  c.nested
FROM cells AS c
ORDER BY c.period_start;
