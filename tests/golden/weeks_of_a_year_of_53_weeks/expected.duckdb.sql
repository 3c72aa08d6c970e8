WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.visits) AS visits
  FROM visits
  WHERE visits.day >= DATE '2019-12-23' AND visits.day < DATE '2020-01-20'
    OR visits.day >= DATE '2020-12-14' AND visits.day < DATE '2021-01-18'
  GROUP BY 1
),
-- visits: visits by week
visits_weekly AS (
  SELECT
    CAST(date_trunc('week', i.period_start) AS DATE) AS period_start,
    sum(i.visits) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2020-12-21'
    AND i.period_start < DATE '2021-01-18'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2020-12-21', DATE '2020-12-14', DATE '2020-12-21'),
      (DATE '2020-12-28', DATE '2020-12-21', DATE '2020-12-28'),
      (DATE '2021-01-04', DATE '2020-12-28', DATE '2021-01-04'),
      (DATE '2021-01-11', DATE '2021-01-04', DATE '2021-01-11')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by week, previous
visits_weekly_previous AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_previous
  FROM visits_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 year
previous_1_year AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2020-12-21', DATE '2019-12-23', DATE '2019-12-30'),
      (DATE '2020-12-28', DATE '2019-12-30', DATE '2020-01-06'),
      (DATE '2021-01-04', DATE '2020-01-06', DATE '2020-01-13'),
      (DATE '2021-01-11', DATE '2020-01-13', DATE '2020-01-20')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by week, previous 1 year
visits_weekly_previous_1_year AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_previous_2
  FROM visits_atoms AS i
  JOIN previous_1_year AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- visits: visits by week, previous 52 weeks
visits_weekly_previous_52_weeks AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_previous_3
  FROM visits_atoms AS i
  JOIN previous_1_year AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2020-12-21', TIMESTAMP '2021-01-11', INTERVAL '1 week') AS periods(start)
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
  LEFT JOIN visits_weekly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_weekly_previous AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_weekly_previous_1_year AS r3 ON r3.period_start = p.period_start
  LEFT JOIN visits_weekly_previous_52_weeks AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.visits_previous AS week_before,
  c.visits_previous_2 AS year_before,
  c.visits_previous_3 AS weeks_before
FROM cells AS c
ORDER BY c.period_start;
