WITH
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-03-11')
  ) AS q(period_start, window_start, window_end)
),
-- levels: the snapshot that stands for each instant
levels_snapshots AS (
  SELECT
    w.period_start,
    max(levels.day) AS taken
  FROM levels
  JOIN at_end AS w
    ON levels.day >= w.window_start
    AND levels.day < w.window_end
  GROUP BY 1
),
-- levels: on_hand by month
levels_monthly AS (
  SELECT
    d.period_start,
    sum(levels.qty) AS on_hand
  FROM levels
  JOIN levels_snapshots AS d ON levels.day = d.taken
  GROUP BY 1
),
-- the instant at which each period starts
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- levels: the snapshot that stands for each instant
levels_snapshots_2 AS (
  SELECT
    w.period_start,
    max(levels.day) AS taken
  FROM levels
  JOIN at_start AS w
    ON levels.day >= w.window_start
    AND levels.day < w.window_end
  GROUP BY 1
),
-- levels: on_hand by month
levels_monthly_2 AS (
  SELECT
    d.period_start,
    sum(levels.qty) AS on_hand_at_start
  FROM levels
  JOIN levels_snapshots_2 AS d ON levels.day = d.taken
  GROUP BY 1
),
-- the instant at which each period ends
previous_at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-02-11')
  ) AS q(period_start, window_start, window_end)
),
-- levels: the snapshot that stands for each instant
levels_snapshots_3 AS (
  SELECT
    w.period_start,
    max(levels.day) AS taken
  FROM levels
  JOIN previous_at_end AS w
    ON levels.day >= w.window_start
    AND levels.day < w.window_end
  GROUP BY 1
),
-- levels: on_hand by month
levels_monthly_3 AS (
  SELECT
    d.period_start,
    sum(levels.qty) AS on_hand_previous
  FROM levels
  JOIN levels_snapshots_3 AS d ON levels.day = d.taken
  GROUP BY 1
),
-- the ends of each period's days
average AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-02-02', 28),
      (DATE '2026-02-01', DATE '2026-02-02', DATE '2026-02-03', 28),
      (DATE '2026-02-01', DATE '2026-02-03', DATE '2026-02-04', 28),
      (DATE '2026-02-01', DATE '2026-02-04', DATE '2026-02-05', 28),
      (DATE '2026-02-01', DATE '2026-02-05', DATE '2026-02-06', 28),
      (DATE '2026-02-01', DATE '2026-02-06', DATE '2026-02-07', 28),
      (DATE '2026-02-01', DATE '2026-02-07', DATE '2026-02-08', 28),
      (DATE '2026-02-01', DATE '2026-02-08', DATE '2026-02-09', 28),
      (DATE '2026-02-01', DATE '2026-02-09', DATE '2026-02-10', 28),
      (DATE '2026-02-01', DATE '2026-02-10', DATE '2026-02-11', 28),
      (DATE '2026-02-01', DATE '2026-02-11', DATE '2026-02-12', 28),
      (DATE '2026-02-01', DATE '2026-02-12', DATE '2026-02-13', 28),
      (DATE '2026-02-01', DATE '2026-02-13', DATE '2026-02-14', 28),
      (DATE '2026-02-01', DATE '2026-02-14', DATE '2026-02-15', 28),
      (DATE '2026-02-01', DATE '2026-02-15', DATE '2026-02-16', 28),
      (DATE '2026-02-01', DATE '2026-02-16', DATE '2026-02-17', 28),
      (DATE '2026-02-01', DATE '2026-02-17', DATE '2026-02-18', 28),
      (DATE '2026-02-01', DATE '2026-02-18', DATE '2026-02-19', 28),
      (DATE '2026-02-01', DATE '2026-02-19', DATE '2026-02-20', 28),
      (DATE '2026-02-01', DATE '2026-02-20', DATE '2026-02-21', 28),
      (DATE '2026-02-01', DATE '2026-02-21', DATE '2026-02-22', 28),
      (DATE '2026-02-01', DATE '2026-02-22', DATE '2026-02-23', 28),
      (DATE '2026-02-01', DATE '2026-02-23', DATE '2026-02-24', 28),
      (DATE '2026-02-01', DATE '2026-02-24', DATE '2026-02-25', 28),
      (DATE '2026-02-01', DATE '2026-02-25', DATE '2026-02-26', 28),
      (DATE '2026-02-01', DATE '2026-02-26', DATE '2026-02-27', 28),
      (DATE '2026-02-01', DATE '2026-02-27', DATE '2026-02-28', 28),
      (DATE '2026-02-01', DATE '2026-02-28', DATE '2026-03-01', 28),
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-03-02', 10),
      (DATE '2026-03-01', DATE '2026-03-02', DATE '2026-03-03', 10),
      (DATE '2026-03-01', DATE '2026-03-03', DATE '2026-03-04', 10),
      (DATE '2026-03-01', DATE '2026-03-04', DATE '2026-03-05', 10),
      (DATE '2026-03-01', DATE '2026-03-05', DATE '2026-03-06', 10),
      (DATE '2026-03-01', DATE '2026-03-06', DATE '2026-03-07', 10),
      (DATE '2026-03-01', DATE '2026-03-07', DATE '2026-03-08', 10),
      (DATE '2026-03-01', DATE '2026-03-08', DATE '2026-03-09', 10),
      (DATE '2026-03-01', DATE '2026-03-09', DATE '2026-03-10', 10),
      (DATE '2026-03-01', DATE '2026-03-10', DATE '2026-03-11', 10)
  ) AS q(period_start, window_start, window_end, days)
),
-- levels: the snapshot that stands for each instant
levels_snapshots_4 AS (
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
  FROM levels_snapshots_4 AS t
  GROUP BY 1
),
-- levels by month
levels_atoms AS (
  SELECT
    d.period_start,
    d.window_end AS day,
    n.days,
    sum(levels.qty) AS on_hand_average
  FROM levels
  JOIN levels_snapshots_4 AS d ON levels.day = d.taken
  JOIN levels_known AS n ON n.period_start = d.period_start
  GROUP BY 1, 2, 3
),
-- levels: on_hand by month, average
levels_monthly_average AS (
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
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-04-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    CASE
      WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(
          r1.on_hand,
          CASE WHEN d1.period_start IS NOT NULL THEN 0 END
        )
    END AS on_hand,
    CASE
      WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(
          r2.on_hand_at_start,
          CASE WHEN d2.period_start IS NOT NULL THEN 0 END
        )
    END AS on_hand_at_start,
    CASE
      WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(
          r3.on_hand_previous,
          CASE WHEN d3.period_start IS NOT NULL THEN 0 END
        )
    END AS on_hand_previous,
    CASE
      WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(
          r4.on_hand_average,
          CASE WHEN d4.period_start IS NOT NULL THEN 0 END
        )
    END AS on_hand_average
  FROM spine AS p
  LEFT JOIN levels_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN levels_monthly_2 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN levels_monthly_3 AS r3 ON r3.period_start = p.period_start
  LEFT JOIN levels_monthly_average AS r4 ON r4.period_start = p.period_start
  LEFT JOIN levels_snapshots AS d1 ON d1.period_start = p.period_start
  LEFT JOIN levels_snapshots_2 AS d2 ON d2.period_start = p.period_start
  LEFT JOIN levels_snapshots_3 AS d3 ON d3.period_start = p.period_start
  LEFT JOIN levels_known AS d4 ON d4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.on_hand AS closing,
  c.on_hand_at_start AS opening,
  c.on_hand_previous AS before,
  c.on_hand_average AS average_on_hand
FROM cells AS c
ORDER BY c.period_start;
