WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.visits) AS visits_to_date
  FROM visits
  WHERE visits.day >= DATE '2026-03-01'
    AND visits.day < DATE '2026-03-10'
  GROUP BY 1
),
-- the time that each period reads: week to date
week_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-07', DATE '2026-03-01', DATE '2026-03-08'),
      (DATE '2026-03-08', DATE '2026-03-08', DATE '2026-03-09'),
      (DATE '2026-03-09', DATE '2026-03-08', DATE '2026-03-10')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by day, week to date
visits_daily_week_to_date AS (
  SELECT
    w.period_start,
    sum(i.visits_to_date) AS visits_to_date
  FROM visits_atoms AS i
  JOIN week_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-07', TIMESTAMP '2026-03-09', INTERVAL '1 day') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits_to_date, 0) AS visits_to_date
  FROM spine AS p
  LEFT JOIN visits_daily_week_to_date AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits_to_date AS wtd
FROM cells AS c
ORDER BY c.period_start;
