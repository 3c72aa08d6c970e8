WITH
-- calls: calls by day
calls_daily AS (
  SELECT
    CAST(calls.began_at AT TIME ZONE 'Australia/Adelaide' AT TIME ZONE 'Asia/Shanghai' AS DATE) AS period_start,
    calls.line,
    count(*) AS calls
  FROM calls
  WHERE calls.began_at >= TIMESTAMP '2026-04-04 02:30:00'
    AND calls.began_at < TIMESTAMP '2026-04-05 02:00:00'
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-04-04', TIMESTAMP '2026-04-04', INTERVAL '1 day') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    i.line
  FROM calls_daily AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.line,
    r.calls
  FROM calls_daily AS r
  UNION ALL
  SELECT
    p.period_start,
    m.line,
    CAST(NULL AS BIGINT) AS calls
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.line,
    COALESCE(max(k.calls), 0) AS calls
  FROM stack AS k
  GROUP BY 1, 2
)
SELECT
  c.period_start,
  'line' AS slicing,
  'all' AS segment,
  c.line,
  c.calls
FROM cells AS c
ORDER BY c.line NULLS LAST, c.period_start;
