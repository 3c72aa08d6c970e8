WITH
-- visits: visits by day
visits_daily AS (
  SELECT
    CAST(
      CASE
        WHEN visits.started_at < TIMESTAMP '2011-12-30 10:00:00' THEN visits.started_at - INTERVAL '10 hours'
        ELSE visits.started_at + INTERVAL '14 hours'
      END AS DATE
    ) AS period_start,
    count(*) AS visits
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2011-12-29 10:00:00'
    AND visits.started_at < TIMESTAMP '2011-12-31 10:00:00'
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2011-12-29', TIMESTAMP '2011-12-31', INTERVAL '1 day') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits
  FROM spine AS p
  LEFT JOIN visits_daily AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits
FROM cells AS c
ORDER BY c.period_start;
