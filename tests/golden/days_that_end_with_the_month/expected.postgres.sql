WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.visits) AS visits
  FROM visits
  WHERE visits.day >= DATE '2025-12-04'
    AND visits.day < DATE '2026-04-01'
  GROUP BY 1
),
-- visits: visits by month
visits_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.visits) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: rolling 28 days
rolling_28_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-04', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-03-04', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by month, rolling 28 days
visits_monthly_rolling_28_days AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_rolling
  FROM visits_atoms AS i
  JOIN rolling_28_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 month rolling 28 days
previous_1_month_rolling_28_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-04', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-04', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by month, previous 1 month rolling 28 days
visits_monthly_previous_1_month_rolling_28_days AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_previous_rolling
  FROM visits_atoms AS i
  JOIN previous_1_month_rolling_28_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- visits: visits by month, rolling 4 weeks
visits_monthly_rolling_4_weeks AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_rolling_2
  FROM visits_atoms AS i
  JOIN rolling_28_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits,
    COALESCE(r2.visits_rolling, 0) AS visits_rolling,
    COALESCE(r3.visits_previous_rolling, 0) AS visits_previous_rolling,
    COALESCE(r4.visits_rolling_2, 0) AS visits_rolling_2
  FROM spine AS p
  LEFT JOIN visits_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_monthly_rolling_28_days AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_monthly_previous_1_month_rolling_28_days AS r3
    ON r3.period_start = p.period_start
  LEFT JOIN visits_monthly_rolling_4_weeks AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.visits_rolling AS visits_28d,
  c.visits_previous_rolling AS visits_28d_before,
  c.visits_rolling_2 AS visits_4w
FROM cells AS c
ORDER BY c.period_start;
