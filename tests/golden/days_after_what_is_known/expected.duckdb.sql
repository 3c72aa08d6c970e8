WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.visits) AS visits
  FROM visits
  WHERE visits.day < DATE '2026-03-03'
  GROUP BY 1
),
-- visits: visits by day
visits_daily AS (
  SELECT
    i.period_start,
    sum(i.visits) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-03-04'
  GROUP BY 1
),
-- the time that each period reads: month to date
month_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-03-02'),
      (DATE '2026-03-02', DATE '2026-03-01', DATE '2026-03-03')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by day, month to date
visits_daily_month_to_date AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_to_date
  FROM visits_atoms AS i
  JOIN month_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-01', TIMESTAMP '2026-03-03', INTERVAL '1 day') AS periods(start)
),
-- the time that each period reads: cumulative
cumulative AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) + 1 AS window_end
  FROM spine AS p
),
-- visits: visits by day, cumulative
visits_daily_cumulative AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_cumulative
  FROM visits_atoms AS i
  JOIN cumulative AS w ON i.period_start < w.window_end
  GROUP BY 1
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    CASE WHEN p.period_start < DATE '2026-03-03' THEN COALESCE(r1.visits, 0) END AS visits,
    CASE WHEN p.period_start < DATE '2026-03-03' THEN COALESCE(r2.visits_to_date, 0) END AS visits_to_date,
    CASE WHEN p.period_start < DATE '2026-03-03' THEN COALESCE(r3.visits_cumulative, 0) END AS visits_cumulative
  FROM spine AS p
  LEFT JOIN visits_daily AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_daily_month_to_date AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_daily_cumulative AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.visits_to_date AS mtd,
  c.visits_cumulative AS ever
FROM cells AS c
ORDER BY c.period_start;
