WITH
-- shifts by day
shifts_atoms AS (
  SELECT
    shifts.day AS period_start,
    shifts.level,
    shifts.day AS "on",
    shifts.night,
    count(*) AS shifts
  FROM shifts
  WHERE shifts.day >= DATE '2026-01-01'
    AND shifts.day < DATE '2026-02-01'
  GROUP BY 1, 2, 1, 4
),
-- shifts: shifts by month
shifts_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'level' AS slicing,
    i.level,
    CAST(NULL AS DATE) AS "on",
    CAST(NULL AS BOOLEAN) AS night,
    CAST(sum(i.shifts) AS BIGINT) AS shifts
  FROM shifts_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'on' AS slicing,
    CAST(NULL AS BIGINT) AS level,
    i."on",
    CAST(NULL AS BOOLEAN) AS night,
    CAST(sum(i.shifts) AS BIGINT) AS shifts
  FROM shifts_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'night' AS slicing,
    CAST(NULL AS BIGINT) AS level,
    CAST(NULL AS DATE) AS "on",
    i.night,
    CAST(sum(i.shifts) AS BIGINT) AS shifts
  FROM shifts_atoms AS i
  GROUP BY 1, 5
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'level' AS slicing,
    i.level,
    CAST(NULL AS DATE) AS "on",
    CAST(NULL AS BOOLEAN) AS night
  FROM shifts_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'on' AS slicing,
    CAST(NULL AS BIGINT) AS level,
    i."on",
    CAST(NULL AS BOOLEAN) AS night
  FROM shifts_atoms AS i
  GROUP BY 3
  UNION ALL
  SELECT
    'night' AS slicing,
    CAST(NULL AS BIGINT) AS level,
    CAST(NULL AS DATE) AS "on",
    i.night
  FROM shifts_atoms AS i
  GROUP BY 4
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.level,
    r."on",
    r.night,
    r.shifts
  FROM shifts_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.level,
    m."on",
    m.night,
    CAST(NULL AS BIGINT) AS shifts
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.level,
    k."on",
    k.night,
    COALESCE(max(k.shifts), 0) AS shifts
  FROM stack AS k
  GROUP BY 1, 2, 3, 4, 5
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.level,
  c."on",
  c.night,
  c.shifts
FROM cells AS c
ORDER BY
  CASE
    WHEN c.slicing = 'level' THEN 0
    WHEN c.slicing = 'on' THEN 1
    WHEN c.slicing = 'night' THEN 2
  END,
  c.level NULLS LAST,
  c."on" NULLS LAST,
  c.night NULLS LAST,
  c.period_start;
