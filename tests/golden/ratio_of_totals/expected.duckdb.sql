WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    visits.page,
    sum(visits.buys) AS buys,
    sum(visits.visits) AS visits
  FROM visits
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- visits: buys, visits by month
visits_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'page' AS slicing,
    i.page,
    sum(i.buys) AS buys,
    sum(i.visits) AS visits
  FROM visits_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS page,
    sum(i.buys) AS buys,
    sum(i.visits) AS visits
  FROM visits_atoms AS i
  GROUP BY 1
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
    'page' AS slicing,
    i.page
  FROM visits_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS page
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.page,
    r.buys,
    r.visits
  FROM visits_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.page,
    CAST(NULL AS BIGINT) AS buys,
    CAST(NULL AS BIGINT) AS visits
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.page,
    COALESCE(max(k.buys), 0) AS buys,
    COALESCE(max(k.visits), 0) AS visits
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.page,
  CAST(c.buys AS DOUBLE) / NULLIF(c.visits, 0) AS conversion
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'page' THEN 1 END,
  c.page NULLS LAST,
  c.period_start;
