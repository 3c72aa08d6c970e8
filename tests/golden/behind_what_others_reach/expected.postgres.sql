WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    count(*) AS orders,
    count(*) FILTER (WHERE orders.channel = 'web') AS orders_where,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) AS revenue,
    sum(orders.days * 86400) AS days_to_ship_sum,
    count(orders.days * 86400) AS days_to_ship_count
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-12-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: orders, revenue, days_to_ship by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders_where) AS BIGINT) AS orders_where,
    sum(i.revenue) AS revenue,
    CAST(sum(i.days_to_ship_sum) AS DOUBLE PRECISION) / NULLIF(sum(i.days_to_ship_count), 0) AS days_to_ship
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders_where) AS BIGINT) AS orders_where,
    sum(i.revenue) AS revenue,
    CAST(sum(i.days_to_ship_sum) AS DOUBLE PRECISION) / NULLIF(sum(i.days_to_ship_count), 0) AS days_to_ship
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
    'channel' AS slicing,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    NULL AS channel,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous
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
    visits.channel,
    sum(visits.visits) AS visits,
    sum(visits.visits) FILTER (WHERE visits.channel = 'web') AS visits_where
  FROM visits
  WHERE visits.day >= DATE '2025-12-01'
    AND visits.day < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- visits: visits by month
visits_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.visits) AS visits,
    sum(i.visits_where) AS visits_where
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    sum(i.visits) AS visits,
    sum(i.visits_where) AS visits_where
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- visits: visits by month, previous
visits_monthly_previous AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
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
    NULL AS channel,
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
    'channel' AS slicing,
    i.channel
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM visits_atoms AS i
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
    r.orders,
    CAST(NULL AS BIGINT) AS visits,
    r.orders_where,
    CAST(NULL AS BIGINT) AS visits_where,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS visits_previous,
    r.revenue,
    r.days_to_ship
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS visits,
    CAST(NULL AS BIGINT) AS orders_where,
    CAST(NULL AS BIGINT) AS visits_where,
    r.orders_previous,
    CAST(NULL AS BIGINT) AS visits_previous,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS DOUBLE PRECISION) AS days_to_ship
  FROM orders_monthly_previous AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS orders,
    r.visits,
    CAST(NULL AS BIGINT) AS orders_where,
    r.visits_where,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS visits_previous,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS DOUBLE PRECISION) AS days_to_ship
  FROM visits_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS visits,
    CAST(NULL AS BIGINT) AS orders_where,
    CAST(NULL AS BIGINT) AS visits_where,
    CAST(NULL AS BIGINT) AS orders_previous,
    r.visits_previous,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS DOUBLE PRECISION) AS days_to_ship
  FROM visits_monthly_previous AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS visits,
    CAST(NULL AS BIGINT) AS orders_where,
    CAST(NULL AS BIGINT) AS visits_where,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS visits_previous,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS DOUBLE PRECISION) AS days_to_ship
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.visits), 0) AS visits,
    COALESCE(max(k.orders_where), 0) AS orders_where,
    COALESCE(max(k.visits_where), 0) AS visits_where,
    COALESCE(max(k.orders_previous), 0) AS orders_previous,
    COALESCE(max(k.visits_previous), 0) AS visits_previous,
    COALESCE(max(k.revenue), 0) AS revenue,
    max(k.days_to_ship) AS days_to_ship
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  CAST(c.orders AS DOUBLE PRECISION) / NULLIF(c.visits, 0) - 0.025 AS gap,
  CAST(c.orders_where AS DOUBLE PRECISION) / NULLIF(c.visits_where, 0) - 0.025 AS gap_of_web,
  CAST(c.orders_previous AS DOUBLE PRECISION) / NULLIF(c.visits_previous, 0) - 0.025 AS gap_before,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.orders, 0) - 60 AS worth_gap,
  c.days_to_ship - 172800 AS ship_gap
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
