WITH
-- the time that each period reads: settled 6 hours
settled_6_hours AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', TIMESTAMP '2026-02-28 23:00:00', TIMESTAMP '2026-03-10 17:00:00')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by month
visits_monthly AS (
  SELECT
    w.period_start,
    count(*) AS visits
  FROM visits
  JOIN settled_6_hours AS w
    ON visits.started_at >= w.window_start
    AND visits.started_at < w.window_end
  WHERE visits.started_at >= TIMESTAMP '2026-02-28 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-03-10 17:00:00'
  GROUP BY 1
),
-- the time that each period reads: previous settled 6 hours
previous_settled_6_hours AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', TIMESTAMP '2026-01-31 23:00:00', TIMESTAMP '2026-02-10 17:00:00')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by month
visits_monthly_2 AS (
  SELECT
    w.period_start,
    count(*) AS visits_previous
  FROM visits
  JOIN previous_settled_6_hours AS w
    ON visits.started_at >= w.window_start
    AND visits.started_at < w.window_end
  WHERE visits.started_at >= TIMESTAMP '2026-01-31 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-02-10 17:00:00'
  GROUP BY 1
),
-- visits by day
visits_atoms AS (
  SELECT
    CAST(visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE) AS period_start,
    count(*) AS visits_rolling
  FROM visits
  WHERE FALSE
  GROUP BY 1
),
-- the time that each period reads: rolling 7 days settled 6 hours
rolling_7_days_settled_6_hours AS (
  SELECT
    DATE '2026-04-01' AS period_start,
    DATE '2026-04-01' AS window_start,
    DATE '2026-04-01' AS window_end
  WHERE FALSE
),
-- visits: visits by month, rolling 7 days settled 6 hours
visits_monthly_rolling_7_days_settled_6_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits_rolling) AS BIGINT) AS visits_rolling
  FROM visits_atoms AS i
  JOIN rolling_7_days_settled_6_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: year to date settled 6 hours
year_to_date_settled_6_hours AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', TIMESTAMP '2025-12-31 23:00:00', TIMESTAMP '2026-03-10 17:00:00')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by month
visits_monthly_3 AS (
  SELECT
    w.period_start,
    count(*) AS visits_to_date
  FROM visits
  JOIN year_to_date_settled_6_hours AS w
    ON visits.started_at >= w.window_start
    AND visits.started_at < w.window_end
  WHERE visits.started_at >= TIMESTAMP '2025-12-31 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-03-10 17:00:00'
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
    COALESCE(r2.visits_previous, 0) AS visits_previous,
    COALESCE(r3.visits_rolling, 0) AS visits_rolling,
    COALESCE(r4.visits_to_date, 0) AS visits_to_date
  FROM spine AS p
  LEFT JOIN visits_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_monthly_2 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_monthly_rolling_7_days_settled_6_hours AS r3 ON r3.period_start = p.period_start
  LEFT JOIN visits_monthly_3 AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits AS now,
  c.visits_previous AS before,
  c.visits_rolling AS visits_7d,
  c.visits_to_date AS ytd
FROM cells AS c
ORDER BY c.period_start;
