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
  WHERE visits.started_at >= TIMESTAMP '2025-12-31 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-01-30 23:00:00'
    OR visits.started_at >= TIMESTAMP '2026-02-28 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-03-30 22:00:00'
  GROUP BY 1
),
-- visits: visits by month
visits_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: previous 2 months
previous_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-01-01', DATE '2026-01-31')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by month, previous 2 months
visits_monthly_previous_2_months AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous
  FROM visits_atoms AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits,
    COALESCE(r2.visits_previous, 0) AS visits_previous
  FROM spine AS p
  LEFT JOIN visits_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_monthly_previous_2_months AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.visits_previous AS two_months_before
FROM cells AS c
ORDER BY c.period_start;
