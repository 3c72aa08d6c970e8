WITH
-- lines by day
lines_atoms AS (
  SELECT
    lines.day AS period_start,
    lines.name,
    sum(lines.value) AS value,
    sum(lines.parts) AS parts,
    sum(CAST(lines.value AS DOUBLE) / NULLIF(lines.parts, 0)) AS shares
  FROM lines
  WHERE lines.day >= DATE '2026-01-01'
    AND lines.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- lines: value, parts, shares by month
lines_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.name,
    sum(i.value) AS value,
    sum(i.parts) AS parts,
    sum(i.shares) AS shares
  FROM lines_atoms AS i
  GROUP BY 1, 2
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
    i.name
  FROM lines_atoms AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.name,
    r.value,
    r.parts,
    r.shares
  FROM lines_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.name,
    CAST(NULL AS BIGINT) AS value,
    CAST(NULL AS BIGINT) AS parts,
    CAST(NULL AS BIGINT) AS shares
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.name,
    COALESCE(max(k.value), 0) AS value,
    COALESCE(max(k.parts), 0) AS parts,
    COALESCE(max(k.shares), 0) AS shares
  FROM stack AS k
  GROUP BY 1, 2
),
-- KPIs that other KPIs use
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CAST(c.value AS DOUBLE) / NULLIF(c.parts, 0) AS per_part
  FROM cells AS c
)
SELECT
  c.period_start,
  'name' AS slicing,
  'all' AS segment,
  c.name,
  c.per_part,
  c.shares,
  CAST(1 AS DOUBLE) / NULLIF(c.per_part, 0) AS inverse,
  c.per_part + 1 AS shifted
FROM formulas AS c
ORDER BY c.name NULLS LAST, c.period_start;
