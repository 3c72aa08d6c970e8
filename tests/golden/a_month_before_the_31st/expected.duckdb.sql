WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.visits) AS visits
  FROM visits
  WHERE visits.day >= DATE '2026-01-27' AND visits.day < DATE '2026-02-02'
    OR visits.day >= DATE '2026-02-27' AND visits.day < DATE '2026-03-02'
    OR visits.day >= DATE '2026-03-27' AND visits.day < DATE '2026-04-02'
  GROUP BY 1
),
-- visits: visits by day
visits_daily AS (
  SELECT
    i.period_start,
    sum(i.visits) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2026-03-27'
    AND i.period_start < DATE '2026-04-02'
  GROUP BY 1
),
-- the time that each period reads: previous 1 month
previous_1_month AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-27', DATE '2026-02-27', DATE '2026-02-28'),
      (DATE '2026-03-28', DATE '2026-02-28', DATE '2026-03-01'),
      (DATE '2026-03-29', DATE '2026-02-28', DATE '2026-03-01'),
      (DATE '2026-03-30', DATE '2026-02-28', DATE '2026-03-01'),
      (DATE '2026-03-31', DATE '2026-02-28', DATE '2026-03-01'),
      (DATE '2026-04-01', DATE '2026-03-01', DATE '2026-03-02')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by day, previous 1 month
visits_daily_previous_1_month AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_previous
  FROM visits_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 month previous 1 month
previous_1_month_previous_1_month AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-27', DATE '2026-01-27', DATE '2026-01-28'),
      (DATE '2026-03-28', DATE '2026-01-28', DATE '2026-01-29'),
      (DATE '2026-03-29', DATE '2026-01-28', DATE '2026-01-29'),
      (DATE '2026-03-30', DATE '2026-01-28', DATE '2026-01-29'),
      (DATE '2026-03-31', DATE '2026-01-28', DATE '2026-01-29'),
      (DATE '2026-04-01', DATE '2026-02-01', DATE '2026-02-02')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by day, previous 1 month previous 1 month
visits_daily_previous_1_month_previous_1_month AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_previous_2
  FROM visits_atoms AS i
  JOIN previous_1_month_previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-27', TIMESTAMP '2026-04-01', INTERVAL '1 day') AS periods(start)
),
-- the time that each period reads: previous 2 months
previous_2_months AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 59 AS window_start,
    CAST(p.period_start AS DATE) - 58 AS window_end
  FROM spine AS p
),
-- visits: visits by day, previous 2 months
visits_daily_previous_2_months AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_previous_3
  FROM visits_atoms AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits,
    COALESCE(r2.visits_previous, 0) AS visits_previous,
    COALESCE(r3.visits_previous_2, 0) AS visits_previous_2,
    COALESCE(r4.visits_previous_3, 0) AS visits_previous_3
  FROM spine AS p
  LEFT JOIN visits_daily AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_daily_previous_1_month AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_daily_previous_1_month_previous_1_month AS r3 ON r3.period_start = p.period_start
  LEFT JOIN visits_daily_previous_2_months AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.visits_previous AS month_before,
  c.visits_previous_2 AS month_before_that,
  c.visits_previous_3 AS two_months_before
FROM cells AS c
ORDER BY c.period_start;
