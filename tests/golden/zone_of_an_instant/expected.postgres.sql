WITH
-- visits by day
visits_atoms AS (
  SELECT
    CAST((visits.started_at AT TIME ZONE 'UTC') - INTERVAL '5 hours' AS DATE) AS period_start,
    count(*) AS visits
  FROM visits
  WHERE visits.started_at >= TIMESTAMPTZ '2026-01-01 05:00:00Z'
    AND visits.started_at < TIMESTAMPTZ '2026-03-01 05:00:00Z'
  GROUP BY 1
),
-- visits: visits by month
visits_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
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
    COALESCE(r1.visits, 0) AS visits
  FROM spine AS p
  LEFT JOIN visits_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits
FROM cells AS c
ORDER BY c.period_start;
