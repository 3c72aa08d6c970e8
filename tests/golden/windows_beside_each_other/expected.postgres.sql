WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.pages) AS pages
  FROM visits
  WHERE visits.day < DATE '2026-03-10'
  GROUP BY 1
),
-- visits: pages by day
visits_daily AS (
  SELECT
    i.period_start,
    sum(i.pages) AS pages
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2026-03-08'
    AND i.period_start < DATE '2026-03-10'
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-08', TIMESTAMP '2026-03-09', INTERVAL '1 day') AS periods(start)
),
-- the time that each period reads: rolling 7 days
rolling_7_days AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 6 AS window_start,
    CAST(p.period_start AS DATE) + 1 AS window_end
  FROM spine AS p
),
-- visits: pages by day, rolling 7 days
visits_daily_rolling_7_days AS (
  SELECT
    w.period_start,
    sum(i.pages) AS pages_rolling
  FROM visits_atoms AS i
  JOIN rolling_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: rolling 28 days
rolling_28_days AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 27 AS window_start,
    CAST(p.period_start AS DATE) + 1 AS window_end
  FROM spine AS p
),
-- visits: pages by day, rolling 28 days
visits_daily_rolling_28_days AS (
  SELECT
    w.period_start,
    sum(i.pages) AS pages_rolling_2
  FROM visits_atoms AS i
  JOIN rolling_28_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: week to date
week_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-08', DATE '2026-03-02', DATE '2026-03-09'),
      (DATE '2026-03-09', DATE '2026-03-09', DATE '2026-03-10')
  ) AS q(period_start, window_start, window_end)
),
-- visits: pages by day, week to date
visits_daily_week_to_date AS (
  SELECT
    w.period_start,
    sum(i.pages) AS pages_to_date
  FROM visits_atoms AS i
  JOIN week_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: month to date
month_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-08', DATE '2026-03-01', DATE '2026-03-09'),
      (DATE '2026-03-09', DATE '2026-03-01', DATE '2026-03-10')
  ) AS q(period_start, window_start, window_end)
),
-- visits: pages by day, month to date
visits_daily_month_to_date AS (
  SELECT
    w.period_start,
    sum(i.pages) AS pages_to_date_2
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
      (DATE '2026-03-08', DATE '2026-01-01', DATE '2026-03-09'),
      (DATE '2026-03-09', DATE '2026-01-01', DATE '2026-03-10')
  ) AS q(period_start, window_start, window_end)
),
-- visits: pages by day, year to date
visits_daily_year_to_date AS (
  SELECT
    w.period_start,
    sum(i.pages) AS pages_to_date_3
  FROM visits_atoms AS i
  JOIN year_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: cumulative
cumulative AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) + 1 AS window_end
  FROM spine AS p
),
-- visits: pages by day, cumulative
visits_daily_cumulative AS (
  SELECT
    w.period_start,
    sum(i.pages) AS pages_cumulative
  FROM visits_atoms AS i
  JOIN cumulative AS w ON i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 1 AS window_start,
    CAST(p.period_start AS DATE) + 0 AS window_end
  FROM spine AS p
),
-- visits: pages by day, previous
visits_daily_previous AS (
  SELECT
    w.period_start,
    sum(i.pages) AS pages_previous
  FROM visits_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 month
previous_1_month AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 28 AS window_start,
    CAST(p.period_start AS DATE) - 27 AS window_end
  FROM spine AS p
),
-- visits: pages by day, previous 1 month
visits_daily_previous_1_month AS (
  SELECT
    w.period_start,
    sum(i.pages) AS pages_previous_2
  FROM visits_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 month rolling 7 days
previous_1_month_rolling_7_days AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 34 AS window_start,
    CAST(p.period_start AS DATE) - 27 AS window_end
  FROM spine AS p
),
-- visits: pages by day, previous 1 month rolling 7 days
visits_daily_previous_1_month_rolling_7_days AS (
  SELECT
    w.period_start,
    sum(i.pages) AS pages_previous_rolling
  FROM visits_atoms AS i
  JOIN previous_1_month_rolling_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.pages, 0) AS pages,
    COALESCE(r2.pages_rolling, 0) AS pages_rolling,
    COALESCE(r3.pages_rolling_2, 0) AS pages_rolling_2,
    COALESCE(r4.pages_to_date, 0) AS pages_to_date,
    COALESCE(r5.pages_to_date_2, 0) AS pages_to_date_2,
    COALESCE(r6.pages_to_date_3, 0) AS pages_to_date_3,
    COALESCE(r7.pages_cumulative, 0) AS pages_cumulative,
    COALESCE(r8.pages_previous, 0) AS pages_previous,
    COALESCE(r9.pages_previous_2, 0) AS pages_previous_2,
    COALESCE(r10.pages_previous_rolling, 0) AS pages_previous_rolling
  FROM spine AS p
  LEFT JOIN visits_daily AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_daily_rolling_7_days AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_daily_rolling_28_days AS r3 ON r3.period_start = p.period_start
  LEFT JOIN visits_daily_week_to_date AS r4 ON r4.period_start = p.period_start
  LEFT JOIN visits_daily_month_to_date AS r5 ON r5.period_start = p.period_start
  LEFT JOIN visits_daily_year_to_date AS r6 ON r6.period_start = p.period_start
  LEFT JOIN visits_daily_cumulative AS r7 ON r7.period_start = p.period_start
  LEFT JOIN visits_daily_previous AS r8 ON r8.period_start = p.period_start
  LEFT JOIN visits_daily_previous_1_month AS r9 ON r9.period_start = p.period_start
  LEFT JOIN visits_daily_previous_1_month_rolling_7_days AS r10 ON r10.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.pages,
  c.pages_rolling AS d7,
  c.pages_rolling_2 AS d28,
  c.pages_to_date AS wtd,
  c.pages_to_date_2 AS mtd,
  c.pages_to_date_3 AS ytd,
  c.pages_cumulative AS ever,
  c.pages_previous AS day_before,
  c.pages_previous_2 AS month_before,
  c.pages_previous_rolling AS d7_month_before
FROM cells AS c
ORDER BY c.period_start;
