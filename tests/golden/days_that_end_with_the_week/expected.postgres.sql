WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.visits) AS visits
  FROM visits
  WHERE visits.day >= DATE '2026-01-02'
    AND visits.day < DATE '2026-01-19'
  GROUP BY 1
),
-- visits: visits by week
visits_weekly AS (
  SELECT
    CAST(date_trunc('week', i.period_start) AS DATE) AS period_start,
    sum(i.visits) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2026-01-05'
    AND i.period_start < DATE '2026-01-19'
  GROUP BY 1
),
-- the time that each period reads: rolling 10 days
rolling_10_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-05', DATE '2026-01-02', DATE '2026-01-12'),
      (DATE '2026-01-12', DATE '2026-01-09', DATE '2026-01-19')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by week, rolling 10 days
visits_weekly_rolling_10_days AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_rolling
  FROM visits_atoms AS i
  JOIN rolling_10_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-05', TIMESTAMP '2026-01-12', INTERVAL '1 week') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits,
    COALESCE(r2.visits_rolling, 0) AS visits_rolling
  FROM spine AS p
  LEFT JOIN visits_weekly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_weekly_rolling_10_days AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.visits_rolling AS visits_10d
FROM cells AS c
ORDER BY c.period_start;
