WITH
-- select by day
select_atoms AS (
  SELECT
    "select"."the ""day""" AS period_start,
    "select"."a.b" AS "group",
    "select"."été",
    ("select"."a.b" = 'g''1') IS TRUE AS is_where,
    sum("select"."drop table x; --") AS sum,
    count(*) AS "count(*)"
  FROM "odd; table" AS "select"
  WHERE "select"."the ""day""" >= DATE '2026-01-01'
    AND "select"."the ""day""" < DATE '2026-02-01'
  GROUP BY 1, 2, 3, 4
),
-- select: sum, count(*) by month
select_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'group' AS slicing,
    'where' AS segment,
    i."group",
    CAST(NULL AS VARCHAR) AS "été",
    sum(i.sum) AS sum,
    CAST(sum(i."count(*)") AS BIGINT) AS "count(*)"
  FROM select_atoms AS i
  WHERE i.is_where
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'group' AS slicing,
    'all' AS segment,
    i."group",
    CAST(NULL AS VARCHAR) AS "été",
    sum(i.sum) AS sum,
    CAST(sum(i."count(*)") AS BIGINT) AS "count(*)"
  FROM select_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'été' AS slicing,
    'where' AS segment,
    CAST(NULL AS VARCHAR) AS "group",
    i."été",
    sum(i.sum) AS sum,
    CAST(sum(i."count(*)") AS BIGINT) AS "count(*)"
  FROM select_atoms AS i
  WHERE i.is_where
  GROUP BY 1, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'été' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS "group",
    i."été",
    sum(i.sum) AS sum,
    CAST(sum(i."count(*)") AS BIGINT) AS "count(*)"
  FROM select_atoms AS i
  GROUP BY 1, 5
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('where'),
      ('all')
  ) AS q(segment)
),
-- the members that occur
members AS (
  SELECT
    'group' AS slicing,
    i."group",
    CAST(NULL AS VARCHAR) AS "été"
  FROM select_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'été' AS slicing,
    CAST(NULL AS VARCHAR) AS "group",
    i."été"
  FROM select_atoms AS i
  GROUP BY 3
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r."group",
    r."été",
    r.sum,
    r."count(*)"
  FROM select_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    s.segment,
    m."group",
    m."été",
    CAST(NULL AS BIGINT) AS sum,
    CAST(NULL AS BIGINT) AS "count(*)"
  FROM spine AS p
  CROSS JOIN members AS m
  CROSS JOIN segments AS s
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.segment,
    k."group",
    k."été",
    COALESCE(max(k.sum), 0) AS sum,
    COALESCE(max(k."count(*)"), 0) AS "count(*)"
  FROM stack AS k
  GROUP BY 1, 2, 3, 4, 5
)
SELECT
  c.period_start,
  c.slicing,
  c.segment,
  c."group",
  c."été",
  c.sum,
  c."count(*)",
  CAST(c.sum AS DOUBLE) / NULLIF(c."count(*)", 0) AS "ratio /* a */"
FROM cells AS c
ORDER BY
  CASE WHEN c.segment = 'where' THEN 0 WHEN c.segment = 'all' THEN 1 END,
  CASE WHEN c.slicing = 'group' THEN 0 WHEN c.slicing = 'été' THEN 1 END,
  c."group" NULLS LAST,
  c."été" NULLS LAST,
  c.period_start;
