WITH
-- visits by day
visits_atoms AS (
  SELECT
    CAST(visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE) AS period_start,
    count(*) AS visits
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2015-12-31 23:00:00'
    AND visits.started_at < TIMESTAMP '2025-12-31 23:00:00'
  GROUP BY 1
),
-- visits: visits by year
visits_yearly AS (
  SELECT
    CAST(date_trunc('year', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2016-01-01', TIMESTAMP '2025-01-01', INTERVAL '1 year') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits
  FROM spine AS p
  LEFT JOIN visits_yearly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits
FROM cells AS c
ORDER BY c.period_start;
