WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.pages) AS pages_to_date
  FROM visits
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-02-03'
  GROUP BY 1
),
-- the time that each period reads: month to date
month_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-30', DATE '2026-01-01', DATE '2026-01-31'),
      (DATE '2026-01-31', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-02-02'),
      (DATE '2026-02-02', DATE '2026-02-01', DATE '2026-02-03')
  ) AS q(period_start, window_start, window_end)
),
-- visits: pages by day, month to date
visits_daily_month_to_date AS (
  SELECT
    w.period_start,
    sum(i.pages_to_date) AS pages_to_date
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
      (DATE '2026-01-30', DATE '2026-01-01', DATE '2026-01-31'),
      (DATE '2026-01-31', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-02'),
      (DATE '2026-02-02', DATE '2026-01-01', DATE '2026-02-03')
  ) AS q(period_start, window_start, window_end)
),
-- visits: pages by day, year to date
visits_daily_year_to_date AS (
  SELECT
    w.period_start,
    sum(i.pages_to_date) AS pages_to_date_2
  FROM visits_atoms AS i
  JOIN year_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: week to date
week_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-30', DATE '2026-01-26', DATE '2026-01-31'),
      (DATE '2026-01-31', DATE '2026-01-26', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-01-26', DATE '2026-02-02'),
      (DATE '2026-02-02', DATE '2026-02-02', DATE '2026-02-03')
  ) AS q(period_start, window_start, window_end)
),
-- visits: pages by day, week to date
visits_daily_week_to_date AS (
  SELECT
    w.period_start,
    sum(i.pages_to_date) AS pages_to_date_3
  FROM visits_atoms AS i
  JOIN week_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- visits: each counted value once a day
visits_entities AS (
  SELECT
    visits.day AS period_start,
    visits.visitor AS entity
  FROM visits
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-02-03'
  GROUP BY 1, 2
),
-- visits: when each value is seen first
visits_first_seen AS (
  SELECT
    i.entity,
    min(i.period_start) AS day
  FROM visits_entities AS i
  WHERE i.entity IS NOT NULL
  GROUP BY 1, CAST(date_trunc('month', i.period_start) AS DATE)
),
-- visits: how many values come and go
visits_changes AS (
  SELECT
    e.day,
    count(*) AS change
  FROM visits_first_seen AS e
  GROUP BY 1
),
-- visits: visitors by day, month to date
visits_distinct_daily_month_to_date AS (
  SELECT
    w.period_start,
    CAST(sum(i.change) AS BIGINT) AS visitors_to_date
  FROM visits_changes AS i
  JOIN month_to_date AS w
    ON i.day >= w.window_start
    AND i.day < w.window_end
  GROUP BY 1
),
-- visits: when each value is seen first
visits_first_seen_2 AS (
  SELECT
    i.entity,
    min(i.period_start) AS day
  FROM visits_entities AS i
  WHERE i.entity IS NOT NULL
  GROUP BY 1, CAST(date_trunc('year', i.period_start) AS DATE)
),
-- visits: how many values come and go
visits_changes_2 AS (
  SELECT
    e.day,
    count(*) AS change
  FROM visits_first_seen_2 AS e
  GROUP BY 1
),
-- visits: visitors by day, year to date
visits_distinct_daily_year_to_date AS (
  SELECT
    w.period_start,
    CAST(sum(i.change) AS BIGINT) AS visitors_to_date_2
  FROM visits_changes_2 AS i
  JOIN year_to_date AS w
    ON i.day >= w.window_start
    AND i.day < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-30', TIMESTAMP '2026-02-02', INTERVAL '1 day') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.pages_to_date, 0) AS pages_to_date,
    COALESCE(r2.pages_to_date_2, 0) AS pages_to_date_2,
    COALESCE(r3.pages_to_date_3, 0) AS pages_to_date_3,
    COALESCE(r4.visitors_to_date, 0) AS visitors_to_date,
    COALESCE(r5.visitors_to_date_2, 0) AS visitors_to_date_2
  FROM spine AS p
  LEFT JOIN visits_daily_month_to_date AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_daily_year_to_date AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_daily_week_to_date AS r3 ON r3.period_start = p.period_start
  LEFT JOIN visits_distinct_daily_month_to_date AS r4 ON r4.period_start = p.period_start
  LEFT JOIN visits_distinct_daily_year_to_date AS r5 ON r5.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.pages_to_date AS mtd,
  c.pages_to_date_2 AS ytd,
  c.pages_to_date_3 AS wtd,
  c.visitors_to_date AS visitors_mtd,
  c.visitors_to_date_2 AS visitors_ytd
FROM cells AS c
ORDER BY c.period_start;
