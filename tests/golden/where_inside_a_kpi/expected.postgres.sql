WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) AS revenue,
    count(*) AS orders,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (WHERE orders.device = 'mobile') AS revenue_2,
    count(*) FILTER (WHERE orders.device = 'mobile') AS orders_2,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (WHERE orders.channel = 'web') AS revenue_3,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (
      WHERE orders.channel = 'web' AND orders.device = 'mobile'
    ) AS revenue_4,
    count(*) FILTER (WHERE orders.channel = 'web' AND orders.device = 'mobile') AS orders_3,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) FILTER (
      WHERE orders.device IS DISTINCT FROM 'mobile'
    ) AS revenue_5,
    count(*) FILTER (WHERE orders.device IS DISTINCT FROM 'mobile') AS orders_4
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1
),
-- orders: revenue, orders, revenue_2, orders_2, revenue_3, revenue_4, orders_3, revenue_5, orders_4 by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue_2) AS revenue_2,
    CAST(sum(i.orders_2) AS BIGINT) AS orders_2,
    sum(i.revenue_3) AS revenue_3,
    sum(i.revenue_4) AS revenue_4,
    CAST(sum(i.orders_3) AS BIGINT) AS orders_3,
    sum(i.revenue_5) AS revenue_5,
    CAST(sum(i.orders_4) AS BIGINT) AS orders_4
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
    COALESCE(r1.revenue_2, 0) AS revenue_2,
    COALESCE(r1.orders_2, 0) AS orders_2,
    COALESCE(r1.revenue_3, 0) AS revenue_3,
    COALESCE(r1.revenue_4, 0) AS revenue_4,
    COALESCE(r1.orders_3, 0) AS orders_3,
    COALESCE(r1.revenue_5, 0) AS revenue_5,
    COALESCE(r1.orders_4, 0) AS orders_4
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.orders, 0) AS aov,
  CAST(c.revenue_2 AS DOUBLE PRECISION) / NULLIF(c.orders_2, 0) AS mobile_aov,
  CAST(c.revenue_3 AS DOUBLE PRECISION) / NULLIF(c.revenue, 0) AS web_share,
  CAST(c.revenue_4 AS DOUBLE PRECISION) / NULLIF(c.orders_3, 0)
    - CAST(c.revenue_5 AS DOUBLE PRECISION) / NULLIF(c.orders_4, 0) AS lift
FROM cells AS c
ORDER BY c.period_start;
