WITH
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01')
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
-- levels by month
levels_atoms AS (
  SELECT
    d.period_start,
    (levels.store = 'berlin') IS TRUE AS is_berlin,
    sum(levels.qty) AS on_hand
  FROM levels
  JOIN levels_snapshots AS d ON levels.day = d.taken
  WHERE levels.sku = 'B'
  GROUP BY 1, 2
),
-- levels: on_hand by month, at end
levels_monthly_at_end AS (
  SELECT
    i.period_start,
    'berlin' AS segment,
    sum(i.on_hand) AS on_hand
  FROM levels_atoms AS i
  WHERE i.is_berlin
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'all' AS segment,
    sum(i.on_hand) AS on_hand
  FROM levels_atoms AS i
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
      (DATE '2026-02-01', DATE '2026-02-28', DATE '2026-03-01', 28)
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
levels_atoms_2 AS (
  SELECT
    d.period_start,
    d.window_end AS day,
    n.days,
    (levels.store = 'berlin') IS TRUE AS is_berlin,
    sum(levels.qty) AS on_hand_average
  FROM levels
  JOIN levels_snapshots_2 AS d ON levels.day = d.taken
  JOIN levels_known AS n ON n.period_start = d.period_start
  WHERE levels.sku = 'B'
  GROUP BY 1, 2, 3, 4
),
-- levels: on_hand by month, average
levels_monthly_average AS (
  SELECT
    i.period_start,
    'berlin' AS segment,
    CAST(sum(i.on_hand_average) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS on_hand_average
  FROM levels_atoms_2 AS i
  WHERE i.is_berlin
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'all' AS segment,
    CAST(sum(i.on_hand_average) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS on_hand_average
  FROM levels_atoms_2 AS i
  GROUP BY 1
),
-- levels: the snapshot that stands for each instant
levels_snapshots_3 AS (
  SELECT
    w.period_start,
    max(levels.day) AS taken
  FROM levels
  JOIN at_end AS w
    ON levels.day >= w.window_start
    AND levels.day < w.window_end
  GROUP BY 1
),
-- levels: each counted value once a month
levels_entities AS (
  SELECT
    d.period_start,
    levels.sku AS entity,
    bool_or(levels.store = 'berlin') AS articles_berlin
  FROM levels
  JOIN levels_snapshots_3 AS d ON levels.day = d.taken
  WHERE levels.sku = 'B'
  GROUP BY 1, 2
),
-- levels: articles by month, at end
levels_distinct_monthly_at_end AS (
  SELECT
    i.period_start,
    'berlin' AS segment,
    count(i.entity) FILTER (WHERE i.articles_berlin) AS articles
  FROM levels_entities AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'all' AS segment,
    count(i.entity) AS articles
  FROM levels_entities AS i
  GROUP BY 1
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
levels_known_2 AS (
  SELECT
    t.period_start,
    count(DISTINCT t.window_end) AS days
  FROM levels_snapshots_4 AS t
  GROUP BY 1
),
-- levels: each counted value once a month
levels_entities_2 AS (
  SELECT
    d.period_start,
    d.window_end AS day,
    n.days,
    levels.sku AS entity,
    bool_or(levels.store = 'berlin') AS articles_average_berlin
  FROM levels
  JOIN levels_snapshots_4 AS d ON levels.day = d.taken
  JOIN levels_known_2 AS n ON n.period_start = d.period_start
  WHERE levels.sku = 'B'
  GROUP BY 1, 2, 3, 4
),
-- levels: articles by month, average
levels_distinct_monthly_average AS (
  SELECT
    i.period_start,
    'berlin' AS segment,
    CAST(count(i.entity) FILTER (WHERE i.articles_average_berlin) AS DOUBLE PRECISION)
      / NULLIF(max(i.days), 0) AS articles_average
  FROM levels_entities_2 AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'all' AS segment,
    CAST(count(i.entity) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS articles_average
  FROM levels_entities_2 AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('berlin'),
      ('all')
  ) AS q(segment)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    s.segment,
    COALESCE(r1.on_hand, CASE WHEN d1.period_start IS NOT NULL THEN 0 END) AS on_hand,
    COALESCE(r2.on_hand_average, CASE WHEN d2.period_start IS NOT NULL THEN 0 END) AS on_hand_average,
    COALESCE(r3.articles, CASE WHEN d3.period_start IS NOT NULL THEN 0 END) AS articles,
    COALESCE(r4.articles_average, CASE WHEN d4.period_start IS NOT NULL THEN 0 END) AS articles_average
  FROM spine AS p
  CROSS JOIN segments AS s
  LEFT JOIN levels_monthly_at_end AS r1
    ON r1.period_start = p.period_start
    AND r1.segment = s.segment
  LEFT JOIN levels_monthly_average AS r2
    ON r2.period_start = p.period_start
    AND r2.segment = s.segment
  LEFT JOIN levels_distinct_monthly_at_end AS r3
    ON r3.period_start = p.period_start
    AND r3.segment = s.segment
  LEFT JOIN levels_distinct_monthly_average AS r4
    ON r4.period_start = p.period_start
    AND r4.segment = s.segment
  LEFT JOIN levels_snapshots AS d1 ON d1.period_start = p.period_start
  LEFT JOIN levels_known AS d2 ON d2.period_start = p.period_start
  LEFT JOIN levels_snapshots_3 AS d3 ON d3.period_start = p.period_start
  LEFT JOIN levels_known_2 AS d4 ON d4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  c.segment,
  c.on_hand AS closing,
  c.on_hand_average AS average_on_hand,
  c.articles AS articles_at_end,
  c.articles_average AS average_articles
FROM cells AS c
ORDER BY CASE WHEN c.segment = 'berlin' THEN 0 WHEN c.segment = 'all' THEN 1 END, c.period_start;
