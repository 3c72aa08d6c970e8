WITH
-- the instant at which each period starts
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-03-01')
  ) AS q(period_start, window_end)
),
-- levels: each key's last row before each instant
levels_last AS (
  SELECT
    w.period_start,
    levels.sku AS key_1,
    max(levels.day) AS taken
  FROM levels
  JOIN at_start AS w ON levels.day < w.window_end
  GROUP BY 1, 2
),
-- levels: the periods that have a snapshot
levels_known AS (
  SELECT
    t.period_start
  FROM levels_last AS t
  GROUP BY 1
),
-- levels by month
levels_atoms AS (
  SELECT
    d.period_start,
    levels.sku,
    sum(levels.qty) AS on_hand_at_start
  FROM levels
  JOIN levels_last AS d
    ON levels.day = d.taken
    AND levels.sku IS NOT DISTINCT FROM d.key_1
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
      (DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-04-01')
  ) AS q(period_start, window_end)
),
-- levels: each key's last row before each instant
levels_last_2 AS (
  SELECT
    w.period_start,
    levels.sku AS key_1,
    max(levels.day) AS taken
  FROM levels
  JOIN at_end AS w ON levels.day < w.window_end
  GROUP BY 1, 2
),
-- levels: the periods that have a snapshot
levels_known_2 AS (
  SELECT
    t.period_start
  FROM levels_last_2 AS t
  GROUP BY 1
),
-- levels by month
levels_atoms_2 AS (
  SELECT
    d.period_start,
    levels.sku,
    sum(levels.qty) AS on_hand
  FROM levels
  JOIN levels_last_2 AS d
    ON levels.day = d.taken
    AND levels.sku IS NOT DISTINCT FROM d.key_1
  GROUP BY 1, 2
),
-- levels: on_hand by month, at end
levels_monthly_at_end AS (
  SELECT
    i.period_start,
    'sku' AS slicing,
    i.sku,
    sum(i.on_hand) AS on_hand
  FROM levels_atoms_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS sku,
    sum(i.on_hand) AS on_hand
  FROM levels_atoms_2 AS i
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
    CAST(NULL AS BOOLEAN) AS is_known_1,
    CAST(NULL AS BOOLEAN) AS is_known_2
  FROM levels_monthly_at_start AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.sku,
    CAST(NULL AS BIGINT) AS on_hand_at_start,
    r.on_hand,
    CAST(NULL AS BOOLEAN) AS is_known_1,
    CAST(NULL AS BOOLEAN) AS is_known_2
  FROM levels_monthly_at_end AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.sku,
    CAST(NULL AS BIGINT) AS on_hand_at_start,
    CAST(NULL AS BIGINT) AS on_hand,
    d1.period_start IS NOT NULL AS is_known_1,
    d2.period_start IS NOT NULL AS is_known_2
  FROM spine AS p
  CROSS JOIN members AS m
  LEFT JOIN levels_known AS d1 ON d1.period_start = p.period_start
  LEFT JOIN levels_known_2 AS d2 ON d2.period_start = p.period_start
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.sku,
    COALESCE(max(k.on_hand_at_start), CASE WHEN bool_or(k.is_known_1) THEN 0 END) AS on_hand_at_start,
    COALESCE(max(k.on_hand), CASE WHEN bool_or(k.is_known_2) THEN 0 END) AS on_hand
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.sku,
  c.on_hand_at_start AS opening,
  c.on_hand AS closing
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'sku' THEN 1 END,
  c.sku NULLS LAST,
  c.period_start;
