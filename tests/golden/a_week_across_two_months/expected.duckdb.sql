WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.visits) AS visits
  FROM visits
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-02-09'
  GROUP BY 1
),
-- visits: visits by week
visits_weekly AS (
  SELECT
    CAST(date_trunc('week', i.period_start) AS DATE) AS period_start,
    sum(i.visits) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2026-01-19'
    AND i.period_start < DATE '2026-02-09'
  GROUP BY 1
),
-- the time that each period reads: month to date
month_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-19', DATE '2026-01-01', DATE '2026-01-26'),
      (DATE '2026-01-26', DATE '2026-02-01', DATE '2026-02-02'),
      (DATE '2026-02-02', DATE '2026-02-01', DATE '2026-02-09')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by week, month to date
visits_weekly_month_to_date AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_to_date
  FROM visits_atoms AS i
  JOIN month_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: year to date
year_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-19', DATE '2026-01-01', DATE '2026-01-26'),
      (DATE '2026-01-26', DATE '2026-01-01', DATE '2026-02-02'),
      (DATE '2026-02-02', DATE '2026-01-01', DATE '2026-02-09')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by week, year to date
visits_weekly_year_to_date AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_to_date_2
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
  FROM generate_series(TIMESTAMP '2026-01-19', TIMESTAMP '2026-02-02', INTERVAL '1 week') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits,
    COALESCE(r2.visits_to_date, 0) AS visits_to_date,
    COALESCE(r3.visits_to_date_2, 0) AS visits_to_date_2
  FROM spine AS p
  LEFT JOIN visits_weekly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_weekly_month_to_date AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_weekly_year_to_date AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.visits_to_date AS mtd,
  c.visits_to_date_2 AS ytd
FROM cells AS c
ORDER BY c.period_start;
