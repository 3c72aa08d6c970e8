WITH
-- calls: calls by day
calls_daily AS (
  SELECT
    CAST(calls.began_at AT TIME ZONE 'Europe/Paris' AT TIME ZONE 'America/New_York' AS DATE) AS period_start,
    count(*) AS calls
  FROM calls
  WHERE calls.began_at >= TIMESTAMP '2026-03-06 06:00:00'
    AND calls.began_at < TIMESTAMP '2026-03-31 06:00:00'
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-06', TIMESTAMP '2026-03-30', INTERVAL '1 day') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.calls, 0) AS calls
  FROM spine AS p
  LEFT JOIN calls_daily AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.calls
FROM cells AS c
ORDER BY c.period_start;
