WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.visits) AS visits
  FROM visits
  WHERE visits.day >= DATE '2026-01-04'
    AND visits.day < DATE '2026-03-11'
  GROUP BY 1
),
-- visits: visits by month
visits_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.visits) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-05-01'
  GROUP BY 1
),
-- the time that each period reads: rolling 28 days
rolling_28_days AS (
  SELECT *
  FROM (
    VALUES
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
-- the time that each period reads: previous rolling 28 days
previous_rolling_28_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-04', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-02-11')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by month, previous rolling 28 days
visits_monthly_previous_rolling_28_days AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_previous_rolling
  FROM visits_atoms AS i
  JOIN previous_rolling_28_days AS w
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
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r1.visits, 0) END AS visits,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r2.visits_rolling, 0) END AS visits_rolling,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r3.visits_previous_rolling, 0) END AS visits_previous_rolling
  FROM spine AS p
  LEFT JOIN visits_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_monthly_rolling_28_days AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_monthly_previous_rolling_28_days AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.visits_rolling AS visits_28d,
  c.visits_previous_rolling AS visits_28d_before
FROM cells AS c
ORDER BY c.period_start;
