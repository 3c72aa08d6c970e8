WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    count(*) FILTER (WHERE visits.pages = 1) AS bounces,
    count(*) AS visits,
    sum(visits.seconds) AS time_spent
  FROM visits
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-04-01'
  GROUP BY 1
),
-- visits: bounces, visits, time_spent by month
visits_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.bounces) AS BIGINT) AS bounces,
    CAST(sum(i.visits) AS BIGINT) AS visits,
    sum(i.time_spent) AS time_spent
  FROM visits_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.bounces, 0) AS bounces,
    COALESCE(r1.visits, 0) AS visits,
    COALESCE(r1.time_spent, 0) AS time_spent
  FROM spine AS p
  LEFT JOIN visits_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CAST(c.bounces AS DOUBLE PRECISION) / NULLIF(c.visits, 0) AS bounce_rate,
  CAST(c.time_spent AS DOUBLE PRECISION) / NULLIF(c.visits, 0) AS avg_session_duration
FROM cells AS c
ORDER BY c.period_start;
