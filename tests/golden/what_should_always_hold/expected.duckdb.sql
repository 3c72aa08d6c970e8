WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue,
    count(*) AS orders,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) FILTER (WHERE orders.channel = 'web') AS revenue_where,
    count(*) FILTER (WHERE orders.channel = 'web') AS orders_where
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue_where) AS revenue_where,
    CAST(sum(i.orders_where) AS BIGINT) AS orders_where
  FROM orders_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue_where) AS revenue_where,
    CAST(sum(i.orders_where) AS BIGINT) AS orders_where
  FROM orders_atoms AS i
  GROUP BY 1
),
-- costs by day
costs_atoms AS (
  SELECT
    costs.paid_on AS period_start,
    costs.channel,
    sum(CAST(costs.paid AS DECIMAL(12, 2))) AS spend
  FROM costs
  WHERE costs.paid_on >= DATE '2026-01-01'
    AND costs.paid_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- costs: spend by month
costs_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.spend) AS spend
  FROM costs_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.spend) AS spend
  FROM costs_atoms AS i
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
    i.channel
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM costs_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.revenue,
    r.orders,
    CAST(NULL AS BIGINT) AS spend,
    r.revenue_where,
    r.orders_where
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders,
    r.spend,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS orders_where
  FROM costs_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS spend,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS orders_where
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.spend), 0) AS spend,
    COALESCE(max(k.revenue_where), 0) AS revenue_where,
    COALESCE(max(k.orders_where), 0) AS orders_where
  FROM stack AS k
  GROUP BY 1, 2, 3
),
-- KPIs that other KPIs use
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CAST(c.revenue AS DOUBLE) / NULLIF(c.orders, 0) AS aov,
    CAST(c.spend AS DOUBLE) / NULLIF(c.orders, 0) AS cost_per_order,
    CAST(c.revenue_where AS DOUBLE) / NULLIF(c.orders_where, 0) AS aov_2
  FROM cells AS c
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.aov,
  c.cost_per_order,
  c.orders,
  c.revenue,
  c.spend,
  CASE
    WHEN c.aov IS NULL OR c.cost_per_order IS NULL THEN CAST(NULL AS BIGINT)
    WHEN c.aov > c.cost_per_order THEN 1
    ELSE 0
  END AS pays_back,
  CASE
    WHEN c.orders IS NULL OR c.revenue IS NULL THEN CAST(NULL AS BIGINT)
    WHEN c.orders >= 1 AND (c.revenue < 50) IS NOT TRUE THEN 1
    ELSE 0
  END AS enough,
  CASE
    WHEN c.aov IS NULL OR c.spend IS NULL THEN CAST(NULL AS BIGINT)
    WHEN c.aov > 55 OR c.spend = 0 THEN 1
    ELSE 0
  END AS either,
  CASE
    WHEN c.aov_2 IS NULL OR c.cost_per_order IS NULL THEN CAST(NULL AS BIGINT)
    WHEN c.aov_2 BETWEEN 20 AND c.cost_per_order THEN 1
    ELSE 0
  END AS in_bounds,
  CASE WHEN c.orders IS NOT NULL THEN 1 ELSE 0 END AS has_orders
FROM formulas AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
