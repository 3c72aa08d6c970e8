WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) AS revenue,
    count(*) AS orders,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (WHERE orders.device = 'mobile') AS revenue_where,
    count(*) FILTER (WHERE orders.device = 'mobile') AS orders_where,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (WHERE orders.channel = 'web') AS revenue_where_2,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (
      WHERE orders.channel = 'web' AND orders.device = 'mobile'
    ) AS revenue_where_3,
    count(*) FILTER (WHERE orders.channel = 'web' AND orders.device = 'mobile') AS orders_where_2,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (WHERE (orders.device = 'mobile') IS NOT TRUE) AS revenue_where_4,
    count(*) FILTER (WHERE (orders.device = 'mobile') IS NOT TRUE) AS orders_where_3
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1
),
-- orders: revenue, orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue_where) AS revenue_where,
    CAST(sum(i.orders_where) AS BIGINT) AS orders_where,
    sum(i.revenue_where_2) AS revenue_where_2,
    sum(i.revenue_where_3) AS revenue_where_3,
    CAST(sum(i.orders_where_2) AS BIGINT) AS orders_where_2,
    sum(i.revenue_where_4) AS revenue_where_4,
    CAST(sum(i.orders_where_3) AS BIGINT) AS orders_where_3
  FROM orders_atoms AS i
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
    COALESCE(r1.revenue, 0) AS revenue,
    COALESCE(r1.orders, 0) AS orders,
    COALESCE(r1.revenue_where, 0) AS revenue_where,
    COALESCE(r1.orders_where, 0) AS orders_where,
    COALESCE(r1.revenue_where_2, 0) AS revenue_where_2,
    COALESCE(r1.revenue_where_3, 0) AS revenue_where_3,
    COALESCE(r1.orders_where_2, 0) AS orders_where_2,
    COALESCE(r1.revenue_where_4, 0) AS revenue_where_4,
    COALESCE(r1.orders_where_3, 0) AS orders_where_3
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.orders, 0) AS aov,
  CAST(c.revenue_where AS DOUBLE PRECISION) / NULLIF(c.orders_where, 0) AS mobile_aov,
  CAST(c.revenue_where_2 AS DOUBLE PRECISION) / NULLIF(c.revenue, 0) AS web_share,
  CAST(c.revenue_where_3 AS DOUBLE PRECISION) / NULLIF(c.orders_where_2, 0)
    - CAST(c.revenue_where_4 AS DOUBLE PRECISION) / NULLIF(c.orders_where_3, 0) AS lift
FROM cells AS c
ORDER BY c.period_start;
