WITH
-- the instant at which each period starts
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-10', DATE '2026-03-06', DATE '2026-03-10'),
      (DATE '2026-03-11', DATE '2026-03-07', DATE '2026-03-11'),
      (DATE '2026-03-12', DATE '2026-03-08', DATE '2026-03-12'),
      (DATE '2026-03-13', DATE '2026-03-09', DATE '2026-03-13'),
      (DATE '2026-03-14', DATE '2026-03-10', DATE '2026-03-14'),
      (DATE '2026-03-15', DATE '2026-03-11', DATE '2026-03-15')
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
  GROUP BY 1
),
-- levels: on_hand by day
levels_daily AS (
  SELECT
    d.period_start,
    sum(levels.qty) AS on_hand_at_start
  FROM levels
  JOIN levels_snapshots AS d ON levels.day = d.taken
  GROUP BY 1
),
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-10', DATE '2026-03-07', DATE '2026-03-11'),
      (DATE '2026-03-11', DATE '2026-03-08', DATE '2026-03-12'),
      (DATE '2026-03-12', DATE '2026-03-09', DATE '2026-03-13'),
      (DATE '2026-03-13', DATE '2026-03-10', DATE '2026-03-14'),
      (DATE '2026-03-14', DATE '2026-03-11', DATE '2026-03-15'),
      (DATE '2026-03-15', DATE '2026-03-12', DATE '2026-03-16')
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
  GROUP BY 1
),
-- levels: on_hand by day
levels_daily_2 AS (
  SELECT
    d.period_start,
    sum(levels.qty) AS on_hand
  FROM levels
  JOIN levels_snapshots_2 AS d ON levels.day = d.taken
  GROUP BY 1
),
-- the ends of each period's days
average AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-10', DATE '2026-03-07', DATE '2026-03-11', 1),
      (DATE '2026-03-11', DATE '2026-03-08', DATE '2026-03-12', 1),
      (DATE '2026-03-12', DATE '2026-03-09', DATE '2026-03-13', 1),
      (DATE '2026-03-13', DATE '2026-03-10', DATE '2026-03-14', 1),
      (DATE '2026-03-14', DATE '2026-03-11', DATE '2026-03-15', 1),
      (DATE '2026-03-15', DATE '2026-03-12', DATE '2026-03-16', 1)
  ) AS q(period_start, window_start, window_end, days)
),
-- levels: the snapshot that stands for each instant
levels_snapshots_3 AS (
  SELECT
    w.period_start,
    w.window_end,
    max(levels.day) AS taken
  FROM levels
  JOIN average AS w
    ON levels.day >= w.window_start
    AND levels.day < w.window_end
  GROUP BY 1, 2
),
-- levels: the periods that have a snapshot
levels_known AS (
  SELECT
    t.period_start,
    count(DISTINCT t.window_end) AS days
  FROM levels_snapshots_3 AS t
  GROUP BY 1
),
-- levels by day
levels_atoms AS (
  SELECT
    d.period_start,
    d.window_end AS day,
    n.days,
    sum(levels.qty) AS on_hand_average
  FROM levels
  JOIN levels_snapshots_3 AS d ON levels.day = d.taken
  JOIN levels_known AS n ON n.period_start = d.period_start
  GROUP BY 1, 2, 3
),
-- levels: on_hand by day, average
levels_daily_average AS (
  SELECT
    i.period_start,
    CAST(sum(i.on_hand_average) AS DOUBLE) / NULLIF(max(i.days), 0) AS on_hand_average
  FROM levels_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-10', TIMESTAMP '2026-03-15', INTERVAL '1 day') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.on_hand_at_start, CASE WHEN d1.period_start IS NOT NULL THEN 0 END) AS on_hand_at_start,
    COALESCE(r2.on_hand, CASE WHEN d2.period_start IS NOT NULL THEN 0 END) AS on_hand,
    COALESCE(r3.on_hand_average, CASE WHEN d3.period_start IS NOT NULL THEN 0 END) AS on_hand_average
  FROM spine AS p
  LEFT JOIN levels_daily AS r1 ON r1.period_start = p.period_start
  LEFT JOIN levels_daily_2 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN levels_daily_average AS r3 ON r3.period_start = p.period_start
  LEFT JOIN levels_snapshots AS d1 ON d1.period_start = p.period_start
  LEFT JOIN levels_snapshots_2 AS d2 ON d2.period_start = p.period_start
  LEFT JOIN levels_known AS d3 ON d3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.on_hand_at_start AS opening,
  c.on_hand AS closing,
  c.on_hand_average AS average_on_hand
FROM cells AS c
ORDER BY c.period_start;
