WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    (CAST(orders.amount AS DECIMAL(12, 2)) >= 300) IS TRUE AS is_large,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue,
    count(*) AS orders,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) FILTER (WHERE orders.channel = 'web') AS revenue_where
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    CAST(NULL AS BOOLEAN) AS is_large,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue_where) AS revenue_where
  FROM orders_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'is_large' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.is_large,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue_where) AS revenue_where
  FROM orders_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(NULL AS BOOLEAN) AS is_large,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue_where) AS revenue_where
  FROM orders_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'channel' AS slicing,
    i.channel,
    CAST(NULL AS BOOLEAN) AS is_large
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'is_large' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.is_large
  FROM orders_atoms AS i
  GROUP BY 3
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(NULL AS BOOLEAN) AS is_large
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.is_large,
    r.revenue,
    r.orders,
    r.revenue_where
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    m.is_large,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS revenue_where
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.is_large,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.revenue_where), 0) AS revenue_where
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
),
-- KPIs that other KPIs use
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.slicing = 'total' AND c.period_start <= DATE '2026-01-01' THEN 400
      WHEN c.slicing = 'total' AND c.period_start <= DATE '2026-01-01' THEN 310
      WHEN c.slicing = 'total' AND c.period_start = DATE '2026-02-01' THEN 280
      WHEN c.slicing = 'total' AND c.period_start >= DATE '2026-03-01' THEN 310
      WHEN c.slicing = 'channel' AND c.channel = 'web' AND c.period_start = DATE '2026-02-01' THEN 350.05
      WHEN c.slicing = 'is_large' AND c.is_large = TRUE AND c.period_start <= DATE '2026-01-01' THEN 250
    END AS revenue_target,
    CASE
      WHEN c.slicing = 'total' AND c.period_start <= DATE '2026-01-01' THEN CAST(31 AS DOUBLE) / 30
      WHEN c.slicing = 'total' AND c.period_start = DATE '2026-02-01' THEN CAST(14 AS DOUBLE) / 15
      WHEN c.slicing = 'total' AND c.period_start >= DATE '2026-03-01' THEN CAST(31 AS DOUBLE) / 30
    END AS orders_target,
    CASE
      WHEN c.slicing = 'total' AND c.period_start <= DATE '2026-01-01' THEN CAST(31 AS DOUBLE) / 15
      WHEN c.slicing = 'total' AND c.period_start = DATE '2026-02-01' THEN CAST(28 AS DOUBLE) / 15
      WHEN c.slicing = 'total' AND c.period_start >= DATE '2026-03-01' THEN CAST(31 AS DOUBLE) / 15
    END AS orders_target_to,
    CAST(c.revenue_where AS DOUBLE) / NULLIF(c.revenue, 0) AS share_of_web,
    CASE WHEN c.period_start <= DATE '2026-01-01' THEN 0.6 END AS share_of_web_target
  FROM cells AS c
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.is_large,
  c.revenue,
  c.revenue_target,
  1 + CAST(c.revenue - c.revenue_target AS DOUBLE) / NULLIF(abs(c.revenue_target), 0) AS revenue_attainment,
  1 + CAST(c.revenue - c.revenue_target AS DOUBLE) / NULLIF(abs(c.revenue_target), 0) AS revenue_pacing,
  CASE
    WHEN c.revenue IS NULL THEN 'no_data'
    WHEN c.revenue_target IS NULL THEN 'no_target'
    WHEN round(c.revenue, 9) < round(c.revenue_target, 9) THEN 'off_track'
    ELSE 'on_track'
  END AS revenue_status,
  c.revenue AS revenue_projected,
  c.orders,
  c.orders_target,
  c.orders_target_to,
  CASE
    WHEN round(c.orders, 9) < round(c.orders_target, 9) THEN 1
        - CAST(c.orders_target - c.orders AS DOUBLE) / NULLIF(abs(c.orders_target), 0)
    WHEN round(c.orders, 9) > round(c.orders_target_to, 9) THEN 1
        - CAST(c.orders - c.orders_target_to AS DOUBLE) / NULLIF(abs(c.orders_target_to), 0)
    WHEN round(c.orders, 9) >= round(c.orders_target, 9)
      AND round(c.orders, 9) <= round(c.orders_target_to, 9) THEN 1
  END AS orders_attainment,
  CASE
    WHEN round(c.orders, 9) < round(c.orders_target, 9) THEN 1
        - CAST(c.orders_target - c.orders AS DOUBLE) / NULLIF(abs(c.orders_target), 0)
    WHEN round(c.orders, 9) > round(c.orders_target_to, 9) THEN 1
        - CAST(c.orders - c.orders_target_to AS DOUBLE) / NULLIF(abs(c.orders_target_to), 0)
    WHEN round(c.orders, 9) >= round(c.orders_target, 9)
      AND round(c.orders, 9) <= round(c.orders_target_to, 9) THEN 1
  END AS orders_pacing,
  CASE
    WHEN c.orders IS NULL THEN 'no_data'
    WHEN c.orders_target IS NULL THEN 'no_target'
    WHEN round(c.orders, 9) < round(c.orders_target, 9)
      OR round(c.orders, 9) > round(c.orders_target_to, 9) THEN 'off_track'
    ELSE 'on_track'
  END AS orders_status,
  c.orders AS orders_projected,
  c.share_of_web,
  c.share_of_web_target,
  1 + CAST(c.share_of_web - c.share_of_web_target AS DOUBLE) / NULLIF(abs(c.share_of_web_target), 0) AS share_of_web_attainment,
  1 + CAST(c.share_of_web - c.share_of_web_target AS DOUBLE) / NULLIF(abs(c.share_of_web_target), 0) AS share_of_web_pacing,
  CASE
    WHEN c.share_of_web IS NULL THEN 'no_data'
    WHEN c.share_of_web_target IS NULL THEN 'no_target'
    WHEN round(c.share_of_web, 9) < round(c.share_of_web_target, 9) THEN 'off_track'
    ELSE 'on_track'
  END AS share_of_web_status,
  c.share_of_web AS share_of_web_projected
FROM formulas AS c
ORDER BY
  CASE
    WHEN c.slicing = 'total' THEN 0
    WHEN c.slicing = 'channel' THEN 1
    WHEN c.slicing = 'is_large' THEN 2
  END,
  c.channel NULLS LAST,
  c.is_large NULLS LAST,
  c.period_start;
