WITH
-- calls by day
calls_atoms AS (
  SELECT
    CAST(calls.began_at AT TIME ZONE 'Asia/Tokyo' AT TIME ZONE 'America/New_York' AS DATE) AS period_start,
    count(*) AS calls
  FROM calls
  WHERE calls.began_at >= TIMESTAMP '2026-01-01 14:00:00'
    AND calls.began_at < TIMESTAMP '2026-03-01 14:00:00'
  GROUP BY 1
),
-- calls: calls by month
calls_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.calls) AS BIGINT) AS calls
  FROM calls_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.calls, 0) AS calls
  FROM spine AS p
  LEFT JOIN calls_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.calls
FROM cells AS c
ORDER BY c.period_start;
