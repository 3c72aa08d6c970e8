WITH
-- the instant at which each period starts
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- levels: the snapshot that stands for each instant
levels_snapshots AS (
  SELECT
    w.period_start,
    max(levels.day) AS taken
  FROM levels
  JOIN at_start AS w
    ON levels.day >= w.window_start
    AND levels.day < w.window_end
  WHERE levels.state = 'final'
  GROUP BY 1
),
-- levels: on_hand by month
levels_monthly AS (
  SELECT
    d.period_start,
    sum(levels.qty) AS on_hand_at_start
  FROM levels
  JOIN levels_snapshots AS d ON levels.day = d.taken
  WHERE levels.state = 'final'
  GROUP BY 1
),
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- levels: the snapshot that stands for each instant
levels_snapshots_2 AS (
  SELECT
    w.period_start,
    max(levels.day) AS taken
  FROM levels
  JOIN at_end AS w
    ON levels.day >= w.window_start
    AND levels.day < w.window_end
  WHERE levels.state = 'final'
  GROUP BY 1
),
-- levels: on_hand by month
levels_monthly_2 AS (
  SELECT
    d.period_start,
    sum(levels.qty) AS on_hand
  FROM levels
  JOIN levels_snapshots_2 AS d ON levels.day = d.taken
  WHERE levels.state = 'final'
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
    COALESCE(r1.on_hand_at_start, CASE WHEN d1.period_start IS NOT NULL THEN 0 END) AS on_hand_at_start,
    COALESCE(r2.on_hand, CASE WHEN d2.period_start IS NOT NULL THEN 0 END) AS on_hand
  FROM spine AS p
  LEFT JOIN levels_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN levels_monthly_2 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN levels_snapshots AS d1 ON d1.period_start = p.period_start
  LEFT JOIN levels_snapshots_2 AS d2 ON d2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.on_hand_at_start AS opening,
  c.on_hand AS closing
FROM cells AS c
ORDER BY c.period_start;
