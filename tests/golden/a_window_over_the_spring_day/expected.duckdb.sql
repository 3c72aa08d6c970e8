WITH
-- visits by day
visits_atoms AS (
  SELECT
    CAST(
      CASE
        WHEN visits.started_at < TIMESTAMP '2026-03-29 01:00:00' THEN visits.started_at + INTERVAL '1 hour'
        ELSE visits.started_at + INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    count(*) AS visits
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2026-03-27 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-03-30 22:00:00'
  GROUP BY 1
),
-- visits: visits by day
visits_daily AS (
  SELECT
    i.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2026-03-29'
    AND i.period_start < DATE '2026-03-31'
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-29', TIMESTAMP '2026-03-30', INTERVAL '1 day') AS periods(start)
),
-- the time that each period reads: rolling 2 days
rolling_2_days AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 1 AS window_start,
    CAST(p.period_start AS DATE) + 1 AS window_end
  FROM spine AS p
),
-- visits: visits by day, rolling 2 days
visits_daily_rolling_2_days AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_rolling
  FROM visits_atoms AS i
  JOIN rolling_2_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits,
    COALESCE(r2.visits_rolling, 0) AS visits_rolling
  FROM spine AS p
  LEFT JOIN visits_daily AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_daily_rolling_2_days AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.visits_rolling AS visits_2d
FROM cells AS c
ORDER BY c.period_start;
