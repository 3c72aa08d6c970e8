WITH
-- visits: visits by hour
visits_hourly AS (
  SELECT
    date_trunc('hour', visits.started_at) AS period_start,
    count(*) AS visits
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2026-01-14 19:00:00'
    AND visits.started_at < TIMESTAMP '2026-01-15 19:00:00'
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    start AS period_start
  FROM generate_series(TIMESTAMP '2026-01-14 19:00:00', TIMESTAMP '2026-01-15 18:00:00', INTERVAL '1 hour') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits
  FROM spine AS p
  LEFT JOIN visits_hourly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits
FROM cells AS c
ORDER BY c.period_start;
