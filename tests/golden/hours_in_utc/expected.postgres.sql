WITH
-- calls: calls by hour
calls_hourly AS (
  SELECT
    date_trunc('hour', calls."at") AS period_start,
    count(*) AS calls
  FROM calls
  WHERE calls."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND calls."at" < TIMESTAMP '2026-01-02 00:00:00'
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    start AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '2026-01-01 23:00:00', INTERVAL '1 hour') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.calls, 0) AS calls
  FROM spine AS p
  LEFT JOIN calls_hourly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.calls
FROM cells AS c
ORDER BY c.period_start;
