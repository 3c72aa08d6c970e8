WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.visits) AS visits
  FROM visits
  WHERE visits.day >= DATE '2027-01-01'
    AND visits.day < DATE '2028-03-01'
  GROUP BY 1
),
-- visits: visits by year
visits_yearly AS (
  SELECT
    CAST(date_trunc('year', i.period_start) AS DATE) AS period_start,
    sum(i.visits) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2028-01-01'
    AND i.period_start < DATE '2029-01-01'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2028-01-01', DATE '2027-01-01', DATE '2027-03-02')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by year, previous
visits_yearly_previous AS (
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
      (DATE '2028-01-01', DATE '2027-01-01', DATE '2028-01-01')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by year, previous 1 year
visits_yearly_previous_1_year AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_previous_2
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
  FROM generate_series(TIMESTAMP '2028-01-01', TIMESTAMP '2028-01-01', INTERVAL '1 year') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits,
    COALESCE(r2.visits_previous, 0) AS visits_previous,
    COALESCE(r3.visits_previous_2, 0) AS visits_previous_2
  FROM spine AS p
  LEFT JOIN visits_yearly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_yearly_previous AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_yearly_previous_1_year AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.visits_previous AS before,
  c.visits_previous_2 AS before_whole
FROM cells AS c
ORDER BY c.period_start;
