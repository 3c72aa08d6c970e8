WITH
-- visits: each counted value once a month
visits_entities AS (
  SELECT
    CAST(date_trunc('month', visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris') AS DATE) AS period_start,
    visits.visitor AS entity
  FROM visits
  WHERE visits.started_at < TIMESTAMP '2026-04-10 22:00:00'
  GROUP BY 1, 2
),
-- visits: visitors by month
visits_distinct_monthly AS (
  SELECT
    i.period_start,
    count(i.entity) AS visitors
  FROM visits_entities AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-05-01'
  GROUP BY 1
),
-- the time that each period reads: rolling 2 months
rolling_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-04-01'),
      (DATE '2026-04-01', DATE '2026-03-01', DATE '2026-05-01')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visitors by month, rolling 2 months
visits_distinct_monthly_rolling_2_months AS (
  SELECT
    w.period_start,
    count(DISTINCT i.entity) AS visitors_rolling
  FROM visits_entities AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: cumulative
cumulative AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-04-01'),
      (DATE '2026-04-01', DATE '2026-05-01')
  ) AS q(period_start, window_end)
),
-- visits: when each value is seen first
visits_first_seen AS (
  SELECT
    i.entity,
    min(i.period_start) AS day
  FROM visits_entities AS i
  WHERE i.entity IS NOT NULL
  GROUP BY 1
),
-- visits: how many values come and go
visits_changes AS (
  SELECT
    e.day,
    count(*) AS change
  FROM visits_first_seen AS e
  GROUP BY 1
),
-- visits: visitors by month, cumulative
visits_distinct_monthly_cumulative AS (
  SELECT
    w.period_start,
    CAST(sum(i.change) AS BIGINT) AS visitors_cumulative
  FROM visits_changes AS i
  JOIN cumulative AS w ON i.day < w.window_end
  GROUP BY 1
),
-- visits: each counted value once a day
visits_entities_2 AS (
  SELECT
    CAST(visits.started_at + INTERVAL '1 hour' AS DATE) AS period_start,
    visits.visitor AS entity
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2025-12-31 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-03-10 23:00:00'
  GROUP BY 1, 2
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-04-01', DATE '2026-03-01', DATE '2026-03-11')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visitors by month, previous
visits_distinct_monthly_previous AS (
  SELECT
    w.period_start,
    count(DISTINCT i.entity) AS visitors_previous
  FROM visits_entities_2 AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- visits by day
visits_atoms AS (
  SELECT
    CAST(
      CASE
        WHEN visits.started_at < TIMESTAMP '2026-03-29 01:00:00' THEN visits.started_at + INTERVAL '1 hour'
        ELSE visits.started_at + INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    sum(visits.pages) AS pages_rolling
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2025-12-31 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-04-10 22:00:00'
  GROUP BY 1
),
-- the time that each period reads: rolling 28 days
rolling_28_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-03-04', DATE '2026-04-01'),
      (DATE '2026-04-01', DATE '2026-04-03', DATE '2026-05-01')
  ) AS q(period_start, window_start, window_end)
),
-- visits: pages by month, rolling 28 days
visits_monthly_rolling_28_days AS (
  SELECT
    w.period_start,
    sum(i.pages_rolling) AS pages_rolling
  FROM visits_atoms AS i
  JOIN rolling_28_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: year to date
year_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-01-01', DATE '2026-04-01'),
      (DATE '2026-04-01', DATE '2026-01-01', DATE '2026-05-01')
  ) AS q(period_start, window_start, window_end)
),
-- visits: pages by month, year to date
visits_monthly_year_to_date AS (
  SELECT
    w.period_start,
    sum(i.pages_rolling) AS pages_to_date
  FROM visits_atoms AS i
  JOIN year_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-04-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visitors, 0) AS visitors,
    COALESCE(r4.visitors_previous, 0) AS visitors_previous,
    COALESCE(r2.visitors_rolling, 0) AS visitors_rolling,
    COALESCE(r5.pages_rolling, 0) AS pages_rolling,
    COALESCE(r6.pages_to_date, 0) AS pages_to_date,
    COALESCE(r3.visitors_cumulative, 0) AS visitors_cumulative
  FROM spine AS p
  LEFT JOIN visits_distinct_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_distinct_monthly_rolling_2_months AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_distinct_monthly_cumulative AS r3 ON r3.period_start = p.period_start
  LEFT JOIN visits_distinct_monthly_previous AS r4 ON r4.period_start = p.period_start
  LEFT JOIN visits_monthly_rolling_28_days AS r5 ON r5.period_start = p.period_start
  LEFT JOIN visits_monthly_year_to_date AS r6 ON r6.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visitors,
  c.visitors_previous AS before,
  c.visitors_rolling AS visitors_2m,
  c.pages_rolling AS pages_28d,
  c.pages_to_date AS pages_ytd,
  c.visitors_cumulative AS visitors_ever
FROM cells AS c
ORDER BY c.period_start;
