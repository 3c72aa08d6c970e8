WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) AS revenue,
    sum(CAST(orders.cost AS NUMERIC(12, 2))) AS costs
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-10'
  GROUP BY 1, 2
),
-- orders: revenue, costs by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue,
    sum(i.costs) AS costs
  FROM orders_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    sum(i.revenue) AS revenue,
    sum(i.costs) AS costs
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
    i.channel
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS channel
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.revenue,
    r.costs
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS costs
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
    COALESCE(max(k.costs), 0) AS costs
  FROM stack AS k
  GROUP BY 1, 2, 3
),
-- KPIs that other KPIs use
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.slicing = 'total' THEN 50000
      WHEN c.slicing = 'channel' AND c.channel = 'web' THEN 35000
    END AS revenue_target,
    CASE
      WHEN c.slicing = 'total' AND c.period_start <= DATE '2026-02-01' THEN 50000
      WHEN c.slicing = 'total' AND c.period_start >= DATE '2026-03-01' THEN CAST(
          450000 AS DOUBLE PRECISION
        )
          / 31
      WHEN c.slicing = 'channel' AND c.channel = 'web' AND c.period_start <= DATE '2026-02-01' THEN 35000
      WHEN c.slicing = 'channel' AND c.channel = 'web' AND c.period_start >= DATE '2026-03-01' THEN CAST(
          315000 AS DOUBLE PRECISION
        )
          / 31
    END AS revenue_due,
    CAST(c.revenue - c.costs AS DOUBLE PRECISION) / NULLIF(c.revenue, 0) AS margin,
    CASE
      WHEN c.slicing = 'total' THEN 0.2
      WHEN c.slicing = 'channel' AND c.channel = 'web' THEN 0.3
      WHEN c.slicing = 'channel' THEN 0.2
    END AS margin_target
  FROM cells AS c
),
-- targets, and how KPIs stand against them
formulas_2 AS MATERIALIZED (
  SELECT
    c.*,
    1 + CAST(c.revenue - c.revenue_due AS DOUBLE PRECISION) / NULLIF(abs(c.revenue_due), 0) AS revenue_pacing
  FROM formulas AS c
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.revenue,
  c.revenue_target,
  1 + CAST(c.revenue - c.revenue_target AS DOUBLE PRECISION) / NULLIF(abs(c.revenue_target), 0) AS revenue_attainment,
  c.revenue_pacing,
  CASE
    WHEN c.revenue IS NULL THEN 'no_data'
    WHEN c.revenue_due IS NULL THEN 'no_target'
    WHEN round(CAST(c.revenue_pacing AS NUMERIC), 9) < 0.85
      OR c.revenue_pacing IS NULL
      AND round(CAST(c.revenue AS NUMERIC), 9) < round(CAST(c.revenue_due AS NUMERIC), 9) THEN 'off_track'
    WHEN round(CAST(c.revenue_pacing AS NUMERIC), 9) < 0.95
      OR c.revenue_pacing IS NULL
      AND round(CAST(c.revenue AS NUMERIC), 9) < round(CAST(c.revenue_due AS NUMERIC), 9) THEN 'at_risk'
    ELSE 'on_track'
  END AS revenue_status,
  CASE
    WHEN c.period_start >= DATE '2026-03-01' THEN c.revenue * (CAST(31 AS DOUBLE PRECISION) / 9)
    ELSE c.revenue
  END AS revenue_projected,
  c.margin,
  c.margin_target,
  1 + CAST(c.margin - c.margin_target AS DOUBLE PRECISION) / NULLIF(abs(c.margin_target), 0) AS margin_attainment,
  1 + CAST(c.margin - c.margin_target AS DOUBLE PRECISION) / NULLIF(abs(c.margin_target), 0) AS margin_pacing,
  CASE
    WHEN c.margin IS NULL THEN 'no_data'
    WHEN c.margin_target IS NULL THEN 'no_target'
    WHEN round(CAST(c.margin AS NUMERIC), 9) < round(CAST(c.margin_target AS NUMERIC), 9) THEN 'off_track'
    ELSE 'on_track'
  END AS margin_status,
  c.margin AS margin_projected
FROM formulas_2 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
