WITH
-- the ends of each period's days
average AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-02', 31),
      (DATE '2026-01-01', DATE '2026-01-03', 31),
      (DATE '2026-01-01', DATE '2026-01-04', 31),
      (DATE '2026-01-01', DATE '2026-01-05', 31),
      (DATE '2026-01-01', DATE '2026-01-06', 31),
      (DATE '2026-01-01', DATE '2026-01-07', 31),
      (DATE '2026-01-01', DATE '2026-01-08', 31),
      (DATE '2026-01-01', DATE '2026-01-09', 31),
      (DATE '2026-01-01', DATE '2026-01-10', 31),
      (DATE '2026-01-01', DATE '2026-01-11', 31),
      (DATE '2026-01-01', DATE '2026-01-12', 31),
      (DATE '2026-01-01', DATE '2026-01-13', 31),
      (DATE '2026-01-01', DATE '2026-01-14', 31),
      (DATE '2026-01-01', DATE '2026-01-15', 31),
      (DATE '2026-01-01', DATE '2026-01-16', 31),
      (DATE '2026-01-01', DATE '2026-01-17', 31),
      (DATE '2026-01-01', DATE '2026-01-18', 31),
      (DATE '2026-01-01', DATE '2026-01-19', 31),
      (DATE '2026-01-01', DATE '2026-01-20', 31),
      (DATE '2026-01-01', DATE '2026-01-21', 31),
      (DATE '2026-01-01', DATE '2026-01-22', 31),
      (DATE '2026-01-01', DATE '2026-01-23', 31),
      (DATE '2026-01-01', DATE '2026-01-24', 31),
      (DATE '2026-01-01', DATE '2026-01-25', 31),
      (DATE '2026-01-01', DATE '2026-01-26', 31),
      (DATE '2026-01-01', DATE '2026-01-27', 31),
      (DATE '2026-01-01', DATE '2026-01-28', 31),
      (DATE '2026-01-01', DATE '2026-01-29', 31),
      (DATE '2026-01-01', DATE '2026-01-30', 31),
      (DATE '2026-01-01', DATE '2026-01-31', 31),
      (DATE '2026-01-01', DATE '2026-02-01', 31),
      (DATE '2026-02-01', DATE '2026-02-02', 28),
      (DATE '2026-02-01', DATE '2026-02-03', 28),
      (DATE '2026-02-01', DATE '2026-02-04', 28),
      (DATE '2026-02-01', DATE '2026-02-05', 28),
      (DATE '2026-02-01', DATE '2026-02-06', 28),
      (DATE '2026-02-01', DATE '2026-02-07', 28),
      (DATE '2026-02-01', DATE '2026-02-08', 28),
      (DATE '2026-02-01', DATE '2026-02-09', 28),
      (DATE '2026-02-01', DATE '2026-02-10', 28),
      (DATE '2026-02-01', DATE '2026-02-11', 28),
      (DATE '2026-02-01', DATE '2026-02-12', 28),
      (DATE '2026-02-01', DATE '2026-02-13', 28),
      (DATE '2026-02-01', DATE '2026-02-14', 28),
      (DATE '2026-02-01', DATE '2026-02-15', 28),
      (DATE '2026-02-01', DATE '2026-02-16', 28),
      (DATE '2026-02-01', DATE '2026-02-17', 28),
      (DATE '2026-02-01', DATE '2026-02-18', 28),
      (DATE '2026-02-01', DATE '2026-02-19', 28),
      (DATE '2026-02-01', DATE '2026-02-20', 28),
      (DATE '2026-02-01', DATE '2026-02-21', 28),
      (DATE '2026-02-01', DATE '2026-02-22', 28),
      (DATE '2026-02-01', DATE '2026-02-23', 28),
      (DATE '2026-02-01', DATE '2026-02-24', 28),
      (DATE '2026-02-01', DATE '2026-02-25', 28),
      (DATE '2026-02-01', DATE '2026-02-26', 28),
      (DATE '2026-02-01', DATE '2026-02-27', 28),
      (DATE '2026-02-01', DATE '2026-02-28', 28),
      (DATE '2026-02-01', DATE '2026-03-01', 28)
  ) AS q(period_start, window_end, days)
),
-- levels: each key's last row before each instant
levels_last AS (
  SELECT
    w.period_start,
    w.window_end,
    levels.sku AS key_1,
    max(levels.day) AS taken
  FROM levels
  JOIN average AS w ON levels.day < w.window_end
  GROUP BY 1, 2, 3
),
-- levels: the periods that have a snapshot
levels_known AS (
  SELECT
    t.period_start,
    count(DISTINCT t.window_end) AS days
  FROM levels_last AS t
  GROUP BY 1
),
-- levels by month
levels_atoms AS (
  SELECT
    d.period_start,
    levels.sku,
    d.window_end AS day,
    n.days,
    sum(levels.qty) AS on_hand_average
  FROM levels
  JOIN levels_last AS d
    ON levels.day = d.taken
    AND levels.sku IS NOT DISTINCT FROM d.key_1
  JOIN levels_known AS n ON n.period_start = d.period_start
  GROUP BY 1, 2, 3, 4
),
-- levels: on_hand by month, average
levels_monthly_average AS (
  SELECT
    i.period_start,
    'sku' AS slicing,
    i.sku,
    CAST(sum(i.on_hand_average) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS on_hand_average
  FROM levels_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS sku,
    CAST(sum(i.on_hand_average) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS on_hand_average
  FROM levels_atoms AS i
  GROUP BY 1
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
    'sku' AS slicing,
    i.sku
  FROM levels_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS sku
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.sku,
    r.on_hand_average,
    CAST(NULL AS BOOLEAN) AS is_known_1
  FROM levels_monthly_average AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.sku,
    CAST(NULL AS BIGINT) AS on_hand_average,
    d1.period_start IS NOT NULL AS is_known_1
  FROM spine AS p
  CROSS JOIN members AS m
  LEFT JOIN levels_known AS d1 ON d1.period_start = p.period_start
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.sku,
    COALESCE(max(k.on_hand_average), CASE WHEN bool_or(k.is_known_1) THEN 0 END) AS on_hand_average
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.sku,
  c.on_hand_average AS average_on_hand
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'sku' THEN 1 END,
  c.sku NULLS LAST,
  c.period_start;
