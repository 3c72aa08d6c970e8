WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.visits) AS visits_to_date
  FROM visits
  WHERE visits.day >= DATE '2026-02-01'
    AND visits.day < DATE '2026-04-02'
  GROUP BY 1
),
-- the time that each period reads: month to date
month_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-27', DATE '2026-03-01', DATE '2026-03-28'),
      (DATE '2026-03-28', DATE '2026-03-01', DATE '2026-03-29'),
      (DATE '2026-03-29', DATE '2026-03-01', DATE '2026-03-30'),
      (DATE '2026-03-30', DATE '2026-03-01', DATE '2026-03-31'),
      (DATE '2026-03-31', DATE '2026-03-01', DATE '2026-04-01'),
      (DATE '2026-04-01', DATE '2026-04-01', DATE '2026-04-02')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by day, month to date
visits_daily_month_to_date AS (
  SELECT
    w.period_start,
    sum(i.visits_to_date) AS visits_to_date
  FROM visits_atoms AS i
  JOIN month_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 month month to date
previous_1_month_month_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-27', DATE '2026-02-01', DATE '2026-02-28'),
      (DATE '2026-03-28', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-29', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-30', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-31', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-04-01', DATE '2026-03-01', DATE '2026-03-02')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by day, previous 1 month month to date
visits_daily_previous_1_month_month_to_date AS (
  SELECT
    w.period_start,
    sum(i.visits_to_date) AS visits_previous_to_date
  FROM visits_atoms AS i
  JOIN previous_1_month_month_to_date AS w
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
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits_to_date, 0) AS visits_to_date,
    COALESCE(r2.visits_previous_to_date, 0) AS visits_previous_to_date
  FROM spine AS p
  LEFT JOIN visits_daily_month_to_date AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_daily_previous_1_month_month_to_date AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits_to_date AS mtd,
  c.visits_previous_to_date AS mtd_before,
  CAST(c.visits_to_date AS DOUBLE PRECISION) / NULLIF(c.visits_previous_to_date, 0) - 1 AS growth
FROM cells AS c
ORDER BY c.period_start;
