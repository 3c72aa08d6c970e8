WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.visits) AS visits_rolling
  FROM visits
  WHERE visits.day >= DATE '2026-02-27'
    AND visits.day < DATE '2026-04-02'
  GROUP BY 1
),
-- the time that each period reads: rolling 1 month
rolling_1_month AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-26', DATE '2026-02-27', DATE '2026-03-27'),
      (DATE '2026-03-27', DATE '2026-02-28', DATE '2026-03-28'),
      (DATE '2026-03-28', DATE '2026-02-28', DATE '2026-03-29'),
      (DATE '2026-03-29', DATE '2026-02-28', DATE '2026-03-30'),
      (DATE '2026-03-30', DATE '2026-02-28', DATE '2026-03-31'),
      (DATE '2026-03-31', DATE '2026-03-01', DATE '2026-04-01'),
      (DATE '2026-04-01', DATE '2026-03-02', DATE '2026-04-02')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by day, rolling 1 month
visits_daily_rolling_1_month AS (
  SELECT
    w.period_start,
    sum(i.visits_rolling) AS visits_rolling
  FROM visits_atoms AS i
  JOIN rolling_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-26', TIMESTAMP '2026-04-01', INTERVAL '1 day') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits_rolling, 0) AS visits_rolling
  FROM spine AS p
  LEFT JOIN visits_daily_rolling_1_month AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits_rolling AS visits_1m
FROM cells AS c
ORDER BY c.period_start;
