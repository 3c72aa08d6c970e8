WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- the time that each period reads: asked range
asked_range AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue, orders_rows by month, asked range
orders_monthly_asked_range AS (
  SELECT
    w.period_start,
    i.channel,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms AS i
  JOIN asked_range AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.channel,
    r.revenue,
    r.orders_rows
  FROM orders_monthly_asked_range AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.channel,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- what members are ordered by
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.orders_rows > 0 THEN c.revenue END AS ranked_by
  FROM cells AS c
),
-- the 1 best of channel
channel_best AS MATERIALIZED (
  SELECT
    c.channel,
    rank() OVER (PARTITION BY c.period_start ORDER BY c.ranked_by DESC NULLS LAST) AS place
  FROM formulas AS c
  WHERE c.ranked_by IS NOT NULL
  QUALIFY rank() OVER (PARTITION BY c.period_start ORDER BY c.ranked_by DESC NULLS LAST) <= 1
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.ordered_on AS period_start,
    best.channel,
    best.place,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue,
    sum(CAST(orders.cost AS DECIMAL(12, 2))) AS costs
  FROM orders
  LEFT JOIN channel_best AS best ON best.channel IS NOT DISTINCT FROM orders.channel
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, costs by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.channel,
    i.place,
    sum(i.revenue) AS revenue,
    sum(i.costs) AS costs
  FROM orders_atoms_2 AS i
  GROUP BY 1, 2, 3
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    i.channel,
    i.place
  FROM orders_atoms_2 AS i
  GROUP BY 1, 2
),
-- results of each source, and a row for every cell asked
stack_2 AS (
  SELECT
    r.period_start,
    r.channel,
    r.place,
    r.revenue,
    r.costs
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.channel,
    m.place,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS costs
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.channel,
    k.place,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.costs), 0) AS costs
  FROM stack_2 AS k
  GROUP BY 1, 2, 3
),
-- KPIs that other KPIs use
formulas_2 AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.channel = 'web' THEN 35000 END AS revenue_target,
    CAST(c.revenue - c.costs AS DOUBLE) / NULLIF(c.revenue, 0) AS margin,
    CASE WHEN c.channel = 'web' THEN 0.3 ELSE 0.2 END AS margin_target
  FROM cells_2 AS c
),
-- targets, and how KPIs stand against them
formulas_3 AS MATERIALIZED (
  SELECT
    c.*,
    1 + CAST(c.revenue - c.revenue_target AS DOUBLE) / NULLIF(abs(c.revenue_target), 0) AS revenue_attainment
  FROM formulas_2 AS c
)
SELECT
  c.period_start,
  'channel' AS slicing,
  'all' AS segment,
  c.channel,
  c.place IS NULL AS is_others,
  c.revenue,
  c.revenue_target,
  c.revenue_attainment,
  c.revenue_attainment AS revenue_pacing,
  CASE
    WHEN c.revenue IS NULL THEN 'no_data'
    WHEN c.revenue_target IS NULL THEN 'no_target'
    WHEN round(c.revenue_attainment, 9) < 0.85
      OR c.revenue_attainment IS NULL AND round(c.revenue, 9) < round(c.revenue_target, 9) THEN 'off_track'
    WHEN round(c.revenue_attainment, 9) < 0.95
      OR c.revenue_attainment IS NULL AND round(c.revenue, 9) < round(c.revenue_target, 9) THEN 'at_risk'
    ELSE 'on_track'
  END AS revenue_status,
  c.revenue AS revenue_projected,
  c.margin,
  c.margin_target,
  1 + CAST(c.margin - c.margin_target AS DOUBLE) / NULLIF(abs(c.margin_target), 0) AS margin_attainment,
  1 + CAST(c.margin - c.margin_target AS DOUBLE) / NULLIF(abs(c.margin_target), 0) AS margin_pacing,
  CASE
    WHEN c.margin IS NULL THEN 'no_data'
    WHEN c.margin_target IS NULL THEN 'no_target'
    WHEN round(c.margin, 9) < round(c.margin_target, 9) THEN 'off_track'
    ELSE 'on_track'
  END AS margin_status,
  c.margin AS margin_projected
FROM formulas_3 AS c
ORDER BY c.place NULLS LAST, c.channel NULLS LAST, c.period_start;
