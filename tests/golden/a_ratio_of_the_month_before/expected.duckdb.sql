WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.day AS period_start,
    orders.device,
    sum(orders.orders) AS orders
  FROM orders
  WHERE orders.day >= DATE '2025-12-01'
    AND orders.day < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    sum(i.orders) AS orders
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    sum(i.orders) AS orders
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: orders by month, previous
orders_monthly_previous AS (
  SELECT
    w.period_start,
    'device' AS slicing,
    i.device,
    sum(i.orders) AS orders_previous
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    sum(i.orders) AS orders_previous
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    visits.device,
    sum(visits.visits) AS visits
  FROM visits
  WHERE visits.day >= DATE '2025-12-01'
    AND visits.day < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- visits: visits by month
visits_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    sum(i.visits) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    sum(i.visits) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- visits: visits by month, previous
visits_monthly_previous AS (
  SELECT
    w.period_start,
    'device' AS slicing,
    i.device,
    sum(i.visits) AS visits_previous
  FROM visits_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    sum(i.visits) AS visits_previous
  FROM visits_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
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
    'device' AS slicing,
    i.device
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'device' AS slicing,
    i.device
  FROM visits_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    r.orders,
    CAST(NULL AS BIGINT) AS visits,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS visits_previous
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS visits,
    r.orders_previous,
    CAST(NULL AS BIGINT) AS visits_previous
  FROM orders_monthly_previous AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS orders,
    r.visits,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS visits_previous
  FROM visits_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS visits,
    CAST(NULL AS BIGINT) AS orders_previous,
    r.visits_previous
  FROM visits_monthly_previous AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.device,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS visits,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS visits_previous
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.visits), 0) AS visits,
    COALESCE(max(k.orders_previous), 0) AS orders_previous,
    COALESCE(max(k.visits_previous), 0) AS visits_previous
  FROM stack AS k
  GROUP BY 1, 2, 3
),
-- KPIs that other KPIs use
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CAST(c.orders_previous AS DOUBLE) / NULLIF(c.visits_previous, 0) AS conversion
  FROM cells AS c
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.device,
  CAST(c.orders AS DOUBLE) / NULLIF(c.visits, 0) AS conversion,
  c.conversion AS conversion_before,
  CAST(c.orders AS DOUBLE) / NULLIF(c.visits, 0) - c.conversion AS change
FROM formulas AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'device' THEN 1 END,
  c.device NULLS LAST,
  c.period_start;
