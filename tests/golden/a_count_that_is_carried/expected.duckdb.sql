WITH
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-01-29', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-04-01'),
      (DATE '2026-04-01', DATE '2026-03-31', DATE '2026-05-01')
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
-- the instant at which each period ends
at_end_2 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-22', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-01-19', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-02-19', DATE '2026-04-01'),
      (DATE '2026-04-01', DATE '2026-03-21', DATE '2026-05-01')
  ) AS q(period_start, window_start, window_end)
),
-- levels_40: the snapshot that stands for each instant
levels_40_snapshots AS (
  SELECT
    w.period_start,
    max(levels_40.day) AS taken
  FROM levels AS levels_40
  JOIN at_end_2 AS w
    ON levels_40.day >= w.window_start
    AND levels_40.day < w.window_end
  GROUP BY 1
),
-- levels_40: on_hand_40 by month
levels_40_monthly AS (
  SELECT
    d.period_start,
    sum(levels_40.qty) AS on_hand_40
  FROM levels AS levels_40
  JOIN levels_40_snapshots AS d ON levels_40.day = d.taken
  GROUP BY 1
),
-- the instant at which each period ends
at_end_3 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-04-01'),
      (DATE '2026-04-01', DATE '2026-04-01', DATE '2026-05-01')
  ) AS q(period_start, window_start, window_end)
),
-- levels_0: the snapshot that stands for each instant
levels_0_snapshots AS (
  SELECT
    w.period_start,
    max(levels_0.day) AS taken
  FROM levels AS levels_0
  JOIN at_end_3 AS w
    ON levels_0.day >= w.window_start
    AND levels_0.day < w.window_end
  GROUP BY 1
),
-- levels_0: on_hand_0 by month
levels_0_monthly AS (
  SELECT
    d.period_start,
    sum(levels_0.qty) AS on_hand_0
  FROM levels AS levels_0
  JOIN levels_0_snapshots AS d ON levels_0.day = d.taken
  GROUP BY 1
),
-- the ends of each period's days
average AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-02', DATE '2026-01-02', 31),
      (DATE '2026-01-01', DATE '2025-12-03', DATE '2026-01-03', 31),
      (DATE '2026-01-01', DATE '2025-12-04', DATE '2026-01-04', 31),
      (DATE '2026-01-01', DATE '2025-12-05', DATE '2026-01-05', 31),
      (DATE '2026-01-01', DATE '2025-12-06', DATE '2026-01-06', 31),
      (DATE '2026-01-01', DATE '2025-12-07', DATE '2026-01-07', 31),
      (DATE '2026-01-01', DATE '2025-12-08', DATE '2026-01-08', 31),
      (DATE '2026-01-01', DATE '2025-12-09', DATE '2026-01-09', 31),
      (DATE '2026-01-01', DATE '2025-12-10', DATE '2026-01-10', 31),
      (DATE '2026-01-01', DATE '2025-12-11', DATE '2026-01-11', 31),
      (DATE '2026-01-01', DATE '2025-12-12', DATE '2026-01-12', 31),
      (DATE '2026-01-01', DATE '2025-12-13', DATE '2026-01-13', 31),
      (DATE '2026-01-01', DATE '2025-12-14', DATE '2026-01-14', 31),
      (DATE '2026-01-01', DATE '2025-12-15', DATE '2026-01-15', 31),
      (DATE '2026-01-01', DATE '2025-12-16', DATE '2026-01-16', 31),
      (DATE '2026-01-01', DATE '2025-12-17', DATE '2026-01-17', 31),
      (DATE '2026-01-01', DATE '2025-12-18', DATE '2026-01-18', 31),
      (DATE '2026-01-01', DATE '2025-12-19', DATE '2026-01-19', 31),
      (DATE '2026-01-01', DATE '2025-12-20', DATE '2026-01-20', 31),
      (DATE '2026-01-01', DATE '2025-12-21', DATE '2026-01-21', 31),
      (DATE '2026-01-01', DATE '2025-12-22', DATE '2026-01-22', 31),
      (DATE '2026-01-01', DATE '2025-12-23', DATE '2026-01-23', 31),
      (DATE '2026-01-01', DATE '2025-12-24', DATE '2026-01-24', 31),
      (DATE '2026-01-01', DATE '2025-12-25', DATE '2026-01-25', 31),
      (DATE '2026-01-01', DATE '2025-12-26', DATE '2026-01-26', 31),
      (DATE '2026-01-01', DATE '2025-12-27', DATE '2026-01-27', 31),
      (DATE '2026-01-01', DATE '2025-12-28', DATE '2026-01-28', 31),
      (DATE '2026-01-01', DATE '2025-12-29', DATE '2026-01-29', 31),
      (DATE '2026-01-01', DATE '2025-12-30', DATE '2026-01-30', 31),
      (DATE '2026-01-01', DATE '2025-12-31', DATE '2026-01-31', 31),
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-02-01', 31),
      (DATE '2026-02-01', DATE '2026-01-02', DATE '2026-02-02', 28),
      (DATE '2026-02-01', DATE '2026-01-03', DATE '2026-02-03', 28),
      (DATE '2026-02-01', DATE '2026-01-04', DATE '2026-02-04', 28),
      (DATE '2026-02-01', DATE '2026-01-05', DATE '2026-02-05', 28),
      (DATE '2026-02-01', DATE '2026-01-06', DATE '2026-02-06', 28),
      (DATE '2026-02-01', DATE '2026-01-07', DATE '2026-02-07', 28),
      (DATE '2026-02-01', DATE '2026-01-08', DATE '2026-02-08', 28),
      (DATE '2026-02-01', DATE '2026-01-09', DATE '2026-02-09', 28),
      (DATE '2026-02-01', DATE '2026-01-10', DATE '2026-02-10', 28),
      (DATE '2026-02-01', DATE '2026-01-11', DATE '2026-02-11', 28),
      (DATE '2026-02-01', DATE '2026-01-12', DATE '2026-02-12', 28),
      (DATE '2026-02-01', DATE '2026-01-13', DATE '2026-02-13', 28),
      (DATE '2026-02-01', DATE '2026-01-14', DATE '2026-02-14', 28),
      (DATE '2026-02-01', DATE '2026-01-15', DATE '2026-02-15', 28),
      (DATE '2026-02-01', DATE '2026-01-16', DATE '2026-02-16', 28),
      (DATE '2026-02-01', DATE '2026-01-17', DATE '2026-02-17', 28),
      (DATE '2026-02-01', DATE '2026-01-18', DATE '2026-02-18', 28),
      (DATE '2026-02-01', DATE '2026-01-19', DATE '2026-02-19', 28),
      (DATE '2026-02-01', DATE '2026-01-20', DATE '2026-02-20', 28),
      (DATE '2026-02-01', DATE '2026-01-21', DATE '2026-02-21', 28),
      (DATE '2026-02-01', DATE '2026-01-22', DATE '2026-02-22', 28),
      (DATE '2026-02-01', DATE '2026-01-23', DATE '2026-02-23', 28),
      (DATE '2026-02-01', DATE '2026-01-24', DATE '2026-02-24', 28),
      (DATE '2026-02-01', DATE '2026-01-25', DATE '2026-02-25', 28),
      (DATE '2026-02-01', DATE '2026-01-26', DATE '2026-02-26', 28),
      (DATE '2026-02-01', DATE '2026-01-27', DATE '2026-02-27', 28),
      (DATE '2026-02-01', DATE '2026-01-28', DATE '2026-02-28', 28),
      (DATE '2026-02-01', DATE '2026-01-29', DATE '2026-03-01', 28),
      (DATE '2026-03-01', DATE '2026-01-30', DATE '2026-03-02', 31),
      (DATE '2026-03-01', DATE '2026-01-31', DATE '2026-03-03', 31),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-04', 31),
      (DATE '2026-03-01', DATE '2026-02-02', DATE '2026-03-05', 31),
      (DATE '2026-03-01', DATE '2026-02-03', DATE '2026-03-06', 31),
      (DATE '2026-03-01', DATE '2026-02-04', DATE '2026-03-07', 31),
      (DATE '2026-03-01', DATE '2026-02-05', DATE '2026-03-08', 31),
      (DATE '2026-03-01', DATE '2026-02-06', DATE '2026-03-09', 31),
      (DATE '2026-03-01', DATE '2026-02-07', DATE '2026-03-10', 31),
      (DATE '2026-03-01', DATE '2026-02-08', DATE '2026-03-11', 31),
      (DATE '2026-03-01', DATE '2026-02-09', DATE '2026-03-12', 31),
      (DATE '2026-03-01', DATE '2026-02-10', DATE '2026-03-13', 31),
      (DATE '2026-03-01', DATE '2026-02-11', DATE '2026-03-14', 31),
      (DATE '2026-03-01', DATE '2026-02-12', DATE '2026-03-15', 31),
      (DATE '2026-03-01', DATE '2026-02-13', DATE '2026-03-16', 31),
      (DATE '2026-03-01', DATE '2026-02-14', DATE '2026-03-17', 31),
      (DATE '2026-03-01', DATE '2026-02-15', DATE '2026-03-18', 31),
      (DATE '2026-03-01', DATE '2026-02-16', DATE '2026-03-19', 31),
      (DATE '2026-03-01', DATE '2026-02-17', DATE '2026-03-20', 31),
      (DATE '2026-03-01', DATE '2026-02-18', DATE '2026-03-21', 31),
      (DATE '2026-03-01', DATE '2026-02-19', DATE '2026-03-22', 31),
      (DATE '2026-03-01', DATE '2026-02-20', DATE '2026-03-23', 31),
      (DATE '2026-03-01', DATE '2026-02-21', DATE '2026-03-24', 31),
      (DATE '2026-03-01', DATE '2026-02-22', DATE '2026-03-25', 31),
      (DATE '2026-03-01', DATE '2026-02-23', DATE '2026-03-26', 31),
      (DATE '2026-03-01', DATE '2026-02-24', DATE '2026-03-27', 31),
      (DATE '2026-03-01', DATE '2026-02-25', DATE '2026-03-28', 31),
      (DATE '2026-03-01', DATE '2026-02-26', DATE '2026-03-29', 31),
      (DATE '2026-03-01', DATE '2026-02-27', DATE '2026-03-30', 31),
      (DATE '2026-03-01', DATE '2026-02-28', DATE '2026-03-31', 31),
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-04-01', 31),
      (DATE '2026-04-01', DATE '2026-03-02', DATE '2026-04-02', 30),
      (DATE '2026-04-01', DATE '2026-03-03', DATE '2026-04-03', 30),
      (DATE '2026-04-01', DATE '2026-03-04', DATE '2026-04-04', 30),
      (DATE '2026-04-01', DATE '2026-03-05', DATE '2026-04-05', 30),
      (DATE '2026-04-01', DATE '2026-03-06', DATE '2026-04-06', 30),
      (DATE '2026-04-01', DATE '2026-03-07', DATE '2026-04-07', 30),
      (DATE '2026-04-01', DATE '2026-03-08', DATE '2026-04-08', 30),
      (DATE '2026-04-01', DATE '2026-03-09', DATE '2026-04-09', 30),
      (DATE '2026-04-01', DATE '2026-03-10', DATE '2026-04-10', 30),
      (DATE '2026-04-01', DATE '2026-03-11', DATE '2026-04-11', 30),
      (DATE '2026-04-01', DATE '2026-03-12', DATE '2026-04-12', 30),
      (DATE '2026-04-01', DATE '2026-03-13', DATE '2026-04-13', 30),
      (DATE '2026-04-01', DATE '2026-03-14', DATE '2026-04-14', 30),
      (DATE '2026-04-01', DATE '2026-03-15', DATE '2026-04-15', 30),
      (DATE '2026-04-01', DATE '2026-03-16', DATE '2026-04-16', 30),
      (DATE '2026-04-01', DATE '2026-03-17', DATE '2026-04-17', 30),
      (DATE '2026-04-01', DATE '2026-03-18', DATE '2026-04-18', 30),
      (DATE '2026-04-01', DATE '2026-03-19', DATE '2026-04-19', 30),
      (DATE '2026-04-01', DATE '2026-03-20', DATE '2026-04-20', 30),
      (DATE '2026-04-01', DATE '2026-03-21', DATE '2026-04-21', 30),
      (DATE '2026-04-01', DATE '2026-03-22', DATE '2026-04-22', 30),
      (DATE '2026-04-01', DATE '2026-03-23', DATE '2026-04-23', 30),
      (DATE '2026-04-01', DATE '2026-03-24', DATE '2026-04-24', 30),
      (DATE '2026-04-01', DATE '2026-03-25', DATE '2026-04-25', 30),
      (DATE '2026-04-01', DATE '2026-03-26', DATE '2026-04-26', 30),
      (DATE '2026-04-01', DATE '2026-03-27', DATE '2026-04-27', 30),
      (DATE '2026-04-01', DATE '2026-03-28', DATE '2026-04-28', 30),
      (DATE '2026-04-01', DATE '2026-03-29', DATE '2026-04-29', 30),
      (DATE '2026-04-01', DATE '2026-03-30', DATE '2026-04-30', 30),
      (DATE '2026-04-01', DATE '2026-03-31', DATE '2026-05-01', 30)
  ) AS q(period_start, window_start, window_end, days)
),
-- levels: the snapshot that stands for each instant
levels_snapshots_2 AS (
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
  FROM levels_snapshots_2 AS t
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
  JOIN levels_snapshots_2 AS d ON levels.day = d.taken
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
-- the ends of each period's days
average_2 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-11-22', DATE '2026-01-02', 31),
      (DATE '2026-01-01', DATE '2025-11-23', DATE '2026-01-03', 31),
      (DATE '2026-01-01', DATE '2025-11-24', DATE '2026-01-04', 31),
      (DATE '2026-01-01', DATE '2025-11-25', DATE '2026-01-05', 31),
      (DATE '2026-01-01', DATE '2025-11-26', DATE '2026-01-06', 31),
      (DATE '2026-01-01', DATE '2025-11-27', DATE '2026-01-07', 31),
      (DATE '2026-01-01', DATE '2025-11-28', DATE '2026-01-08', 31),
      (DATE '2026-01-01', DATE '2025-11-29', DATE '2026-01-09', 31),
      (DATE '2026-01-01', DATE '2025-11-30', DATE '2026-01-10', 31),
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-11', 31),
      (DATE '2026-01-01', DATE '2025-12-02', DATE '2026-01-12', 31),
      (DATE '2026-01-01', DATE '2025-12-03', DATE '2026-01-13', 31),
      (DATE '2026-01-01', DATE '2025-12-04', DATE '2026-01-14', 31),
      (DATE '2026-01-01', DATE '2025-12-05', DATE '2026-01-15', 31),
      (DATE '2026-01-01', DATE '2025-12-06', DATE '2026-01-16', 31),
      (DATE '2026-01-01', DATE '2025-12-07', DATE '2026-01-17', 31),
      (DATE '2026-01-01', DATE '2025-12-08', DATE '2026-01-18', 31),
      (DATE '2026-01-01', DATE '2025-12-09', DATE '2026-01-19', 31),
      (DATE '2026-01-01', DATE '2025-12-10', DATE '2026-01-20', 31),
      (DATE '2026-01-01', DATE '2025-12-11', DATE '2026-01-21', 31),
      (DATE '2026-01-01', DATE '2025-12-12', DATE '2026-01-22', 31),
      (DATE '2026-01-01', DATE '2025-12-13', DATE '2026-01-23', 31),
      (DATE '2026-01-01', DATE '2025-12-14', DATE '2026-01-24', 31),
      (DATE '2026-01-01', DATE '2025-12-15', DATE '2026-01-25', 31),
      (DATE '2026-01-01', DATE '2025-12-16', DATE '2026-01-26', 31),
      (DATE '2026-01-01', DATE '2025-12-17', DATE '2026-01-27', 31),
      (DATE '2026-01-01', DATE '2025-12-18', DATE '2026-01-28', 31),
      (DATE '2026-01-01', DATE '2025-12-19', DATE '2026-01-29', 31),
      (DATE '2026-01-01', DATE '2025-12-20', DATE '2026-01-30', 31),
      (DATE '2026-01-01', DATE '2025-12-21', DATE '2026-01-31', 31),
      (DATE '2026-01-01', DATE '2025-12-22', DATE '2026-02-01', 31),
      (DATE '2026-02-01', DATE '2025-12-23', DATE '2026-02-02', 28),
      (DATE '2026-02-01', DATE '2025-12-24', DATE '2026-02-03', 28),
      (DATE '2026-02-01', DATE '2025-12-25', DATE '2026-02-04', 28),
      (DATE '2026-02-01', DATE '2025-12-26', DATE '2026-02-05', 28),
      (DATE '2026-02-01', DATE '2025-12-27', DATE '2026-02-06', 28),
      (DATE '2026-02-01', DATE '2025-12-28', DATE '2026-02-07', 28),
      (DATE '2026-02-01', DATE '2025-12-29', DATE '2026-02-08', 28),
      (DATE '2026-02-01', DATE '2025-12-30', DATE '2026-02-09', 28),
      (DATE '2026-02-01', DATE '2025-12-31', DATE '2026-02-10', 28),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-11', 28),
      (DATE '2026-02-01', DATE '2026-01-02', DATE '2026-02-12', 28),
      (DATE '2026-02-01', DATE '2026-01-03', DATE '2026-02-13', 28),
      (DATE '2026-02-01', DATE '2026-01-04', DATE '2026-02-14', 28),
      (DATE '2026-02-01', DATE '2026-01-05', DATE '2026-02-15', 28),
      (DATE '2026-02-01', DATE '2026-01-06', DATE '2026-02-16', 28),
      (DATE '2026-02-01', DATE '2026-01-07', DATE '2026-02-17', 28),
      (DATE '2026-02-01', DATE '2026-01-08', DATE '2026-02-18', 28),
      (DATE '2026-02-01', DATE '2026-01-09', DATE '2026-02-19', 28),
      (DATE '2026-02-01', DATE '2026-01-10', DATE '2026-02-20', 28),
      (DATE '2026-02-01', DATE '2026-01-11', DATE '2026-02-21', 28),
      (DATE '2026-02-01', DATE '2026-01-12', DATE '2026-02-22', 28),
      (DATE '2026-02-01', DATE '2026-01-13', DATE '2026-02-23', 28),
      (DATE '2026-02-01', DATE '2026-01-14', DATE '2026-02-24', 28),
      (DATE '2026-02-01', DATE '2026-01-15', DATE '2026-02-25', 28),
      (DATE '2026-02-01', DATE '2026-01-16', DATE '2026-02-26', 28),
      (DATE '2026-02-01', DATE '2026-01-17', DATE '2026-02-27', 28),
      (DATE '2026-02-01', DATE '2026-01-18', DATE '2026-02-28', 28),
      (DATE '2026-02-01', DATE '2026-01-19', DATE '2026-03-01', 28),
      (DATE '2026-03-01', DATE '2026-01-20', DATE '2026-03-02', 31),
      (DATE '2026-03-01', DATE '2026-01-21', DATE '2026-03-03', 31),
      (DATE '2026-03-01', DATE '2026-01-22', DATE '2026-03-04', 31),
      (DATE '2026-03-01', DATE '2026-01-23', DATE '2026-03-05', 31),
      (DATE '2026-03-01', DATE '2026-01-24', DATE '2026-03-06', 31),
      (DATE '2026-03-01', DATE '2026-01-25', DATE '2026-03-07', 31),
      (DATE '2026-03-01', DATE '2026-01-26', DATE '2026-03-08', 31),
      (DATE '2026-03-01', DATE '2026-01-27', DATE '2026-03-09', 31),
      (DATE '2026-03-01', DATE '2026-01-28', DATE '2026-03-10', 31),
      (DATE '2026-03-01', DATE '2026-01-29', DATE '2026-03-11', 31),
      (DATE '2026-03-01', DATE '2026-01-30', DATE '2026-03-12', 31),
      (DATE '2026-03-01', DATE '2026-01-31', DATE '2026-03-13', 31),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-14', 31),
      (DATE '2026-03-01', DATE '2026-02-02', DATE '2026-03-15', 31),
      (DATE '2026-03-01', DATE '2026-02-03', DATE '2026-03-16', 31),
      (DATE '2026-03-01', DATE '2026-02-04', DATE '2026-03-17', 31),
      (DATE '2026-03-01', DATE '2026-02-05', DATE '2026-03-18', 31),
      (DATE '2026-03-01', DATE '2026-02-06', DATE '2026-03-19', 31),
      (DATE '2026-03-01', DATE '2026-02-07', DATE '2026-03-20', 31),
      (DATE '2026-03-01', DATE '2026-02-08', DATE '2026-03-21', 31),
      (DATE '2026-03-01', DATE '2026-02-09', DATE '2026-03-22', 31),
      (DATE '2026-03-01', DATE '2026-02-10', DATE '2026-03-23', 31),
      (DATE '2026-03-01', DATE '2026-02-11', DATE '2026-03-24', 31),
      (DATE '2026-03-01', DATE '2026-02-12', DATE '2026-03-25', 31),
      (DATE '2026-03-01', DATE '2026-02-13', DATE '2026-03-26', 31),
      (DATE '2026-03-01', DATE '2026-02-14', DATE '2026-03-27', 31),
      (DATE '2026-03-01', DATE '2026-02-15', DATE '2026-03-28', 31),
      (DATE '2026-03-01', DATE '2026-02-16', DATE '2026-03-29', 31),
      (DATE '2026-03-01', DATE '2026-02-17', DATE '2026-03-30', 31),
      (DATE '2026-03-01', DATE '2026-02-18', DATE '2026-03-31', 31),
      (DATE '2026-03-01', DATE '2026-02-19', DATE '2026-04-01', 31),
      (DATE '2026-04-01', DATE '2026-02-20', DATE '2026-04-02', 30),
      (DATE '2026-04-01', DATE '2026-02-21', DATE '2026-04-03', 30),
      (DATE '2026-04-01', DATE '2026-02-22', DATE '2026-04-04', 30),
      (DATE '2026-04-01', DATE '2026-02-23', DATE '2026-04-05', 30),
      (DATE '2026-04-01', DATE '2026-02-24', DATE '2026-04-06', 30),
      (DATE '2026-04-01', DATE '2026-02-25', DATE '2026-04-07', 30),
      (DATE '2026-04-01', DATE '2026-02-26', DATE '2026-04-08', 30),
      (DATE '2026-04-01', DATE '2026-02-27', DATE '2026-04-09', 30),
      (DATE '2026-04-01', DATE '2026-02-28', DATE '2026-04-10', 30),
      (DATE '2026-04-01', DATE '2026-03-01', DATE '2026-04-11', 30),
      (DATE '2026-04-01', DATE '2026-03-02', DATE '2026-04-12', 30),
      (DATE '2026-04-01', DATE '2026-03-03', DATE '2026-04-13', 30),
      (DATE '2026-04-01', DATE '2026-03-04', DATE '2026-04-14', 30),
      (DATE '2026-04-01', DATE '2026-03-05', DATE '2026-04-15', 30),
      (DATE '2026-04-01', DATE '2026-03-06', DATE '2026-04-16', 30),
      (DATE '2026-04-01', DATE '2026-03-07', DATE '2026-04-17', 30),
      (DATE '2026-04-01', DATE '2026-03-08', DATE '2026-04-18', 30),
      (DATE '2026-04-01', DATE '2026-03-09', DATE '2026-04-19', 30),
      (DATE '2026-04-01', DATE '2026-03-10', DATE '2026-04-20', 30),
      (DATE '2026-04-01', DATE '2026-03-11', DATE '2026-04-21', 30),
      (DATE '2026-04-01', DATE '2026-03-12', DATE '2026-04-22', 30),
      (DATE '2026-04-01', DATE '2026-03-13', DATE '2026-04-23', 30),
      (DATE '2026-04-01', DATE '2026-03-14', DATE '2026-04-24', 30),
      (DATE '2026-04-01', DATE '2026-03-15', DATE '2026-04-25', 30),
      (DATE '2026-04-01', DATE '2026-03-16', DATE '2026-04-26', 30),
      (DATE '2026-04-01', DATE '2026-03-17', DATE '2026-04-27', 30),
      (DATE '2026-04-01', DATE '2026-03-18', DATE '2026-04-28', 30),
      (DATE '2026-04-01', DATE '2026-03-19', DATE '2026-04-29', 30),
      (DATE '2026-04-01', DATE '2026-03-20', DATE '2026-04-30', 30),
      (DATE '2026-04-01', DATE '2026-03-21', DATE '2026-05-01', 30)
  ) AS q(period_start, window_start, window_end, days)
),
-- levels_40: the snapshot that stands for each instant
levels_40_snapshots_2 AS (
  SELECT
    w.period_start,
    w.window_end,
    max(levels_40.day) AS taken
  FROM levels AS levels_40
  JOIN average_2 AS w
    ON levels_40.day >= w.window_start
    AND levels_40.day < w.window_end
  GROUP BY 1, 2
),
-- levels_40: the periods that have a snapshot
levels_40_known AS (
  SELECT
    t.period_start,
    count(DISTINCT t.window_end) AS days
  FROM levels_40_snapshots_2 AS t
  GROUP BY 1
),
-- levels_40 by month
levels_40_atoms AS (
  SELECT
    d.period_start,
    d.window_end AS day,
    n.days,
    sum(levels_40.qty) AS on_hand_40_average
  FROM levels AS levels_40
  JOIN levels_40_snapshots_2 AS d ON levels_40.day = d.taken
  JOIN levels_40_known AS n ON n.period_start = d.period_start
  GROUP BY 1, 2, 3
),
-- levels_40: on_hand_40 by month, average
levels_40_monthly_average AS (
  SELECT
    i.period_start,
    CAST(sum(i.on_hand_40_average) AS DOUBLE) / NULLIF(max(i.days), 0) AS on_hand_40_average
  FROM levels_40_atoms AS i
  GROUP BY 1
),
-- the ends of each period's days
average_3 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-01-02', 31),
      (DATE '2026-01-01', DATE '2026-01-02', DATE '2026-01-03', 31),
      (DATE '2026-01-01', DATE '2026-01-03', DATE '2026-01-04', 31),
      (DATE '2026-01-01', DATE '2026-01-04', DATE '2026-01-05', 31),
      (DATE '2026-01-01', DATE '2026-01-05', DATE '2026-01-06', 31),
      (DATE '2026-01-01', DATE '2026-01-06', DATE '2026-01-07', 31),
      (DATE '2026-01-01', DATE '2026-01-07', DATE '2026-01-08', 31),
      (DATE '2026-01-01', DATE '2026-01-08', DATE '2026-01-09', 31),
      (DATE '2026-01-01', DATE '2026-01-09', DATE '2026-01-10', 31),
      (DATE '2026-01-01', DATE '2026-01-10', DATE '2026-01-11', 31),
      (DATE '2026-01-01', DATE '2026-01-11', DATE '2026-01-12', 31),
      (DATE '2026-01-01', DATE '2026-01-12', DATE '2026-01-13', 31),
      (DATE '2026-01-01', DATE '2026-01-13', DATE '2026-01-14', 31),
      (DATE '2026-01-01', DATE '2026-01-14', DATE '2026-01-15', 31),
      (DATE '2026-01-01', DATE '2026-01-15', DATE '2026-01-16', 31),
      (DATE '2026-01-01', DATE '2026-01-16', DATE '2026-01-17', 31),
      (DATE '2026-01-01', DATE '2026-01-17', DATE '2026-01-18', 31),
      (DATE '2026-01-01', DATE '2026-01-18', DATE '2026-01-19', 31),
      (DATE '2026-01-01', DATE '2026-01-19', DATE '2026-01-20', 31),
      (DATE '2026-01-01', DATE '2026-01-20', DATE '2026-01-21', 31),
      (DATE '2026-01-01', DATE '2026-01-21', DATE '2026-01-22', 31),
      (DATE '2026-01-01', DATE '2026-01-22', DATE '2026-01-23', 31),
      (DATE '2026-01-01', DATE '2026-01-23', DATE '2026-01-24', 31),
      (DATE '2026-01-01', DATE '2026-01-24', DATE '2026-01-25', 31),
      (DATE '2026-01-01', DATE '2026-01-25', DATE '2026-01-26', 31),
      (DATE '2026-01-01', DATE '2026-01-26', DATE '2026-01-27', 31),
      (DATE '2026-01-01', DATE '2026-01-27', DATE '2026-01-28', 31),
      (DATE '2026-01-01', DATE '2026-01-28', DATE '2026-01-29', 31),
      (DATE '2026-01-01', DATE '2026-01-29', DATE '2026-01-30', 31),
      (DATE '2026-01-01', DATE '2026-01-30', DATE '2026-01-31', 31),
      (DATE '2026-01-01', DATE '2026-01-31', DATE '2026-02-01', 31),
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
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-03-02', 31),
      (DATE '2026-03-01', DATE '2026-03-02', DATE '2026-03-03', 31),
      (DATE '2026-03-01', DATE '2026-03-03', DATE '2026-03-04', 31),
      (DATE '2026-03-01', DATE '2026-03-04', DATE '2026-03-05', 31),
      (DATE '2026-03-01', DATE '2026-03-05', DATE '2026-03-06', 31),
      (DATE '2026-03-01', DATE '2026-03-06', DATE '2026-03-07', 31),
      (DATE '2026-03-01', DATE '2026-03-07', DATE '2026-03-08', 31),
      (DATE '2026-03-01', DATE '2026-03-08', DATE '2026-03-09', 31),
      (DATE '2026-03-01', DATE '2026-03-09', DATE '2026-03-10', 31),
      (DATE '2026-03-01', DATE '2026-03-10', DATE '2026-03-11', 31),
      (DATE '2026-03-01', DATE '2026-03-11', DATE '2026-03-12', 31),
      (DATE '2026-03-01', DATE '2026-03-12', DATE '2026-03-13', 31),
      (DATE '2026-03-01', DATE '2026-03-13', DATE '2026-03-14', 31),
      (DATE '2026-03-01', DATE '2026-03-14', DATE '2026-03-15', 31),
      (DATE '2026-03-01', DATE '2026-03-15', DATE '2026-03-16', 31),
      (DATE '2026-03-01', DATE '2026-03-16', DATE '2026-03-17', 31),
      (DATE '2026-03-01', DATE '2026-03-17', DATE '2026-03-18', 31),
      (DATE '2026-03-01', DATE '2026-03-18', DATE '2026-03-19', 31),
      (DATE '2026-03-01', DATE '2026-03-19', DATE '2026-03-20', 31),
      (DATE '2026-03-01', DATE '2026-03-20', DATE '2026-03-21', 31),
      (DATE '2026-03-01', DATE '2026-03-21', DATE '2026-03-22', 31),
      (DATE '2026-03-01', DATE '2026-03-22', DATE '2026-03-23', 31),
      (DATE '2026-03-01', DATE '2026-03-23', DATE '2026-03-24', 31),
      (DATE '2026-03-01', DATE '2026-03-24', DATE '2026-03-25', 31),
      (DATE '2026-03-01', DATE '2026-03-25', DATE '2026-03-26', 31),
      (DATE '2026-03-01', DATE '2026-03-26', DATE '2026-03-27', 31),
      (DATE '2026-03-01', DATE '2026-03-27', DATE '2026-03-28', 31),
      (DATE '2026-03-01', DATE '2026-03-28', DATE '2026-03-29', 31),
      (DATE '2026-03-01', DATE '2026-03-29', DATE '2026-03-30', 31),
      (DATE '2026-03-01', DATE '2026-03-30', DATE '2026-03-31', 31),
      (DATE '2026-03-01', DATE '2026-03-31', DATE '2026-04-01', 31),
      (DATE '2026-04-01', DATE '2026-04-01', DATE '2026-04-02', 30),
      (DATE '2026-04-01', DATE '2026-04-02', DATE '2026-04-03', 30),
      (DATE '2026-04-01', DATE '2026-04-03', DATE '2026-04-04', 30),
      (DATE '2026-04-01', DATE '2026-04-04', DATE '2026-04-05', 30),
      (DATE '2026-04-01', DATE '2026-04-05', DATE '2026-04-06', 30),
      (DATE '2026-04-01', DATE '2026-04-06', DATE '2026-04-07', 30),
      (DATE '2026-04-01', DATE '2026-04-07', DATE '2026-04-08', 30),
      (DATE '2026-04-01', DATE '2026-04-08', DATE '2026-04-09', 30),
      (DATE '2026-04-01', DATE '2026-04-09', DATE '2026-04-10', 30),
      (DATE '2026-04-01', DATE '2026-04-10', DATE '2026-04-11', 30),
      (DATE '2026-04-01', DATE '2026-04-11', DATE '2026-04-12', 30),
      (DATE '2026-04-01', DATE '2026-04-12', DATE '2026-04-13', 30),
      (DATE '2026-04-01', DATE '2026-04-13', DATE '2026-04-14', 30),
      (DATE '2026-04-01', DATE '2026-04-14', DATE '2026-04-15', 30),
      (DATE '2026-04-01', DATE '2026-04-15', DATE '2026-04-16', 30),
      (DATE '2026-04-01', DATE '2026-04-16', DATE '2026-04-17', 30),
      (DATE '2026-04-01', DATE '2026-04-17', DATE '2026-04-18', 30),
      (DATE '2026-04-01', DATE '2026-04-18', DATE '2026-04-19', 30),
      (DATE '2026-04-01', DATE '2026-04-19', DATE '2026-04-20', 30),
      (DATE '2026-04-01', DATE '2026-04-20', DATE '2026-04-21', 30),
      (DATE '2026-04-01', DATE '2026-04-21', DATE '2026-04-22', 30),
      (DATE '2026-04-01', DATE '2026-04-22', DATE '2026-04-23', 30),
      (DATE '2026-04-01', DATE '2026-04-23', DATE '2026-04-24', 30),
      (DATE '2026-04-01', DATE '2026-04-24', DATE '2026-04-25', 30),
      (DATE '2026-04-01', DATE '2026-04-25', DATE '2026-04-26', 30),
      (DATE '2026-04-01', DATE '2026-04-26', DATE '2026-04-27', 30),
      (DATE '2026-04-01', DATE '2026-04-27', DATE '2026-04-28', 30),
      (DATE '2026-04-01', DATE '2026-04-28', DATE '2026-04-29', 30),
      (DATE '2026-04-01', DATE '2026-04-29', DATE '2026-04-30', 30),
      (DATE '2026-04-01', DATE '2026-04-30', DATE '2026-05-01', 30)
  ) AS q(period_start, window_start, window_end, days)
),
-- levels_0: the snapshot that stands for each instant
levels_0_snapshots_2 AS (
  SELECT
    w.period_start,
    w.window_end,
    max(levels_0.day) AS taken
  FROM levels AS levels_0
  JOIN average_3 AS w
    ON levels_0.day >= w.window_start
    AND levels_0.day < w.window_end
  GROUP BY 1, 2
),
-- levels_0: the periods that have a snapshot
levels_0_known AS (
  SELECT
    t.period_start,
    count(DISTINCT t.window_end) AS days
  FROM levels_0_snapshots_2 AS t
  GROUP BY 1
),
-- levels_0 by month
levels_0_atoms AS (
  SELECT
    d.period_start,
    d.window_end AS day,
    n.days,
    sum(levels_0.qty) AS on_hand_0_average
  FROM levels AS levels_0
  JOIN levels_0_snapshots_2 AS d ON levels_0.day = d.taken
  JOIN levels_0_known AS n ON n.period_start = d.period_start
  GROUP BY 1, 2, 3
),
-- levels_0: on_hand_0 by month, average
levels_0_monthly_average AS (
  SELECT
    i.period_start,
    CAST(sum(i.on_hand_0_average) AS DOUBLE) / NULLIF(max(i.days), 0) AS on_hand_0_average
  FROM levels_0_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-04-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.on_hand, CASE WHEN d1.period_start IS NOT NULL THEN 0 END) AS on_hand,
    COALESCE(r2.on_hand_40, CASE WHEN d2.period_start IS NOT NULL THEN 0 END) AS on_hand_40,
    COALESCE(r3.on_hand_0, CASE WHEN d3.period_start IS NOT NULL THEN 0 END) AS on_hand_0,
    COALESCE(r4.on_hand_average, CASE WHEN d4.period_start IS NOT NULL THEN 0 END) AS on_hand_average,
    COALESCE(r5.on_hand_40_average, CASE WHEN d5.period_start IS NOT NULL THEN 0 END) AS on_hand_40_average,
    COALESCE(r6.on_hand_0_average, CASE WHEN d6.period_start IS NOT NULL THEN 0 END) AS on_hand_0_average
  FROM spine AS p
  LEFT JOIN levels_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN levels_40_monthly AS r2 ON r2.period_start = p.period_start
  LEFT JOIN levels_0_monthly AS r3 ON r3.period_start = p.period_start
  LEFT JOIN levels_monthly_average AS r4 ON r4.period_start = p.period_start
  LEFT JOIN levels_40_monthly_average AS r5 ON r5.period_start = p.period_start
  LEFT JOIN levels_0_monthly_average AS r6 ON r6.period_start = p.period_start
  LEFT JOIN levels_snapshots AS d1 ON d1.period_start = p.period_start
  LEFT JOIN levels_40_snapshots AS d2 ON d2.period_start = p.period_start
  LEFT JOIN levels_0_snapshots AS d3 ON d3.period_start = p.period_start
  LEFT JOIN levels_known AS d4 ON d4.period_start = p.period_start
  LEFT JOIN levels_40_known AS d5 ON d5.period_start = p.period_start
  LEFT JOIN levels_0_known AS d6 ON d6.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.on_hand AS end_30,
  c.on_hand_40 AS end_40,
  c.on_hand_0 AS end_0,
  c.on_hand_average AS average_30,
  c.on_hand_40_average AS average_40,
  c.on_hand_0_average AS average_0
FROM cells AS c
ORDER BY c.period_start;
