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
  GROUP BY 1
),
-- levels by month
levels_atoms AS (
  SELECT
    d.period_start,
    levels.sku,
    sum(levels.qty) AS on_hand_at_start
  FROM levels
  JOIN levels_snapshots AS d ON levels.day = d.taken
  GROUP BY 1, 2
),
-- levels: on_hand by month, at start
levels_monthly_at_start AS (
  SELECT
    i.period_start,
    'sku' AS slicing,
    i.sku,
    sum(i.on_hand_at_start) AS on_hand_at_start
  FROM levels_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS sku,
    sum(i.on_hand_at_start) AS on_hand_at_start
  FROM levels_atoms AS i
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
  GROUP BY 1
),
-- levels by month
levels_atoms_2 AS (
  SELECT
    d.period_start,
    levels.sku,
    sum(levels.qty) AS on_hand,
    count(*) FILTER (WHERE levels.qty > 0) AS articles
  FROM levels
  JOIN levels_snapshots_2 AS d ON levels.day = d.taken
  GROUP BY 1, 2
),
-- levels: on_hand, articles by month, at end
levels_monthly_at_end AS (
  SELECT
    i.period_start,
    'sku' AS slicing,
    i.sku,
    sum(i.on_hand) AS on_hand,
    CAST(sum(i.articles) AS BIGINT) AS articles
  FROM levels_atoms_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS sku,
    sum(i.on_hand) AS on_hand,
    CAST(sum(i.articles) AS BIGINT) AS articles
  FROM levels_atoms_2 AS i
  GROUP BY 1
),
-- the ends of each period's days
average AS (
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
      (DATE '2026-03-01', DATE '2026-03-31', DATE '2026-04-01', 31)
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
-- levels by month
levels_atoms_3 AS (
  SELECT
    d.period_start,
    levels.sku,
    d.window_end AS day,
    n.days,
    sum(levels.qty) AS on_hand_average
  FROM levels
  JOIN levels_snapshots_3 AS d ON levels.day = d.taken
  JOIN levels_known AS n ON n.period_start = d.period_start
  GROUP BY 1, 2, 3, 4
),
-- levels: on_hand by month, average
levels_monthly_average AS (
  SELECT
    i.period_start,
    'sku' AS slicing,
    i.sku,
    CAST(sum(i.on_hand_average) AS DOUBLE) / NULLIF(max(i.days), 0) AS on_hand_average
  FROM levels_atoms_3 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS sku,
    CAST(sum(i.on_hand_average) AS DOUBLE) / NULLIF(max(i.days), 0) AS on_hand_average
  FROM levels_atoms_3 AS i
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
    'sku' AS slicing,
    i.sku
  FROM levels_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'sku' AS slicing,
    i.sku
  FROM levels_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'sku' AS slicing,
    i.sku
  FROM levels_atoms_3 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS sku
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.sku,
    r.on_hand_at_start,
    CAST(NULL AS BIGINT) AS on_hand,
    CAST(NULL AS BIGINT) AS on_hand_average,
    CAST(NULL AS BIGINT) AS articles,
    CAST(NULL AS BOOLEAN) AS is_known_1,
    CAST(NULL AS BOOLEAN) AS is_known_2,
    CAST(NULL AS BOOLEAN) AS is_known_3
  FROM levels_monthly_at_start AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.sku,
    CAST(NULL AS BIGINT) AS on_hand_at_start,
    r.on_hand,
    CAST(NULL AS BIGINT) AS on_hand_average,
    r.articles,
    CAST(NULL AS BOOLEAN) AS is_known_1,
    CAST(NULL AS BOOLEAN) AS is_known_2,
    CAST(NULL AS BOOLEAN) AS is_known_3
  FROM levels_monthly_at_end AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.sku,
    CAST(NULL AS BIGINT) AS on_hand_at_start,
    CAST(NULL AS BIGINT) AS on_hand,
    r.on_hand_average,
    CAST(NULL AS BIGINT) AS articles,
    CAST(NULL AS BOOLEAN) AS is_known_1,
    CAST(NULL AS BOOLEAN) AS is_known_2,
    CAST(NULL AS BOOLEAN) AS is_known_3
  FROM levels_monthly_average AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.sku,
    CAST(NULL AS BIGINT) AS on_hand_at_start,
    CAST(NULL AS BIGINT) AS on_hand,
    CAST(NULL AS BIGINT) AS on_hand_average,
    CAST(NULL AS BIGINT) AS articles,
    d1.period_start IS NOT NULL AS is_known_1,
    d2.period_start IS NOT NULL AS is_known_2,
    d3.period_start IS NOT NULL AS is_known_3
  FROM spine AS p
  CROSS JOIN members AS m
  LEFT JOIN levels_snapshots AS d1 ON d1.period_start = p.period_start
  LEFT JOIN levels_snapshots_2 AS d2 ON d2.period_start = p.period_start
  LEFT JOIN levels_known AS d3 ON d3.period_start = p.period_start
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.sku,
    COALESCE(max(k.on_hand_at_start), CASE WHEN bool_or(k.is_known_1) THEN 0 END) AS on_hand_at_start,
    COALESCE(max(k.on_hand), CASE WHEN bool_or(k.is_known_2) THEN 0 END) AS on_hand,
    COALESCE(max(k.on_hand_average), CASE WHEN bool_or(k.is_known_3) THEN 0 END) AS on_hand_average,
    COALESCE(max(k.articles), CASE WHEN bool_or(k.is_known_2) THEN 0 END) AS articles
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.sku,
  c.on_hand_at_start AS opening,
  c.on_hand AS closing,
  c.on_hand_average AS average_on_hand,
  c.articles AS articles_in_stock
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'sku' THEN 1 END,
  c.sku NULLS LAST,
  c.period_start;
