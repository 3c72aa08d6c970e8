WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.store,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel,store' AS slicing,
    i.channel,
    i.store,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    CAST(NULL AS BIGINT) AS store,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'store' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.store,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(NULL AS BIGINT) AS store,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders
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
    'channel,store' AS slicing,
    i.channel,
    i.store
  FROM orders_atoms AS i
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel,
    CAST(NULL AS BIGINT) AS store
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'store' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.store
  FROM orders_atoms AS i
  GROUP BY 3
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(NULL AS BIGINT) AS store
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.store,
    r.revenue,
    r.orders
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    m.store,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.store,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders), 0) AS orders
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
),
-- KPIs that other KPIs use
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CAST(c.revenue AS DOUBLE) / NULLIF(c.orders, 0) AS aov,
    CASE
      WHEN c.slicing = 'channel' AND c.channel = 'shop' AND c.period_start >= DATE '2026-03-01' THEN 450
      WHEN c.slicing = 'channel' AND c.channel = 'web' AND c.period_start = DATE '2026-02-01' THEN 300
      WHEN c.slicing = 'channel' AND c.channel = 'web' AND c.period_start <= DATE '2026-01-01' THEN 200
      WHEN c.slicing = 'store' AND c.store = 8 AND c.period_start >= DATE '2026-03-01' THEN 600
      WHEN c.slicing = 'store' AND c.store = 8 AND c.period_start = DATE '2026-02-01' THEN 400
      WHEN c.slicing = 'store' AND c.store = 7 AND c.period_start <= DATE '2026-01-01' THEN 150
      WHEN c.slicing = 'channel,store'
        AND c.channel = 'shop'
        AND c.store = 8
        AND c.period_start >= DATE '2026-03-01' THEN 500
      WHEN c.slicing = 'channel,store'
        AND c.channel = 'web'
        AND c.store = 8
        AND c.period_start = DATE '2026-02-01' THEN 351
      WHEN c.slicing = 'channel,store'
        AND c.channel = 'web'
        AND c.store = 7
        AND c.period_start <= DATE '2026-01-01' THEN 280
      WHEN c.slicing = 'channel,store'
        AND c.channel = 'shop'
        AND c.period_start >= DATE '2026-03-01' THEN 450
      WHEN c.slicing = 'channel,store' AND c.store = 8 AND c.period_start >= DATE '2026-03-01' THEN 600
      WHEN c.slicing = 'channel,store' AND c.channel = 'web' AND c.period_start = DATE '2026-02-01' THEN 300
      WHEN c.slicing = 'channel,store' AND c.store = 8 AND c.period_start = DATE '2026-02-01' THEN 400
      WHEN c.slicing = 'channel,store' AND c.channel = 'web' AND c.period_start <= DATE '2026-01-01' THEN 200
      WHEN c.slicing = 'channel,store' AND c.store = 7 AND c.period_start <= DATE '2026-01-01' THEN 150
    END AS aov_target
  FROM cells AS c
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.store,
  c.aov,
  c.aov_target,
  1 + CAST(c.aov - c.aov_target AS DOUBLE) / NULLIF(abs(c.aov_target), 0) AS aov_attainment,
  1 + CAST(c.aov - c.aov_target AS DOUBLE) / NULLIF(abs(c.aov_target), 0) AS aov_pacing,
  CASE
    WHEN c.aov IS NULL THEN 'no_data'
    WHEN c.aov_target IS NULL THEN 'no_target'
    WHEN round(c.aov, 9) < round(c.aov_target, 9) THEN 'off_track'
    ELSE 'on_track'
  END AS aov_status,
  c.aov AS aov_projected
FROM formulas AS c
ORDER BY
  CASE
    WHEN c.slicing = 'total' THEN 0
    WHEN c.slicing = 'channel' THEN 1
    WHEN c.slicing = 'store' THEN 2
    WHEN c.slicing = 'channel,store' THEN 3
  END,
  c.channel NULLS LAST,
  c.store NULLS LAST,
  c.period_start;
