WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.visits) AS visits
  FROM visits
  WHERE visits.day >= DATE '2024-02-01' AND visits.day < DATE '2024-03-01'
    OR visits.day >= DATE '2025-02-01' AND visits.day < DATE '2025-03-01'
  GROUP BY 1
),
-- visits: visits by month
visits_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.visits) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2025-02-01'
    AND i.period_start < DATE '2025-03-01'
  GROUP BY 1
),
-- the time that each period reads: previous 1 year
previous_1_year AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2025-02-01', DATE '2024-02-01', DATE '2024-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by month, previous 1 year
visits_monthly_previous_1_year AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_previous
  FROM visits_atoms AS i
  JOIN previous_1_year AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- visits: visits by month, previous 4 quarters
visits_monthly_previous_4_quarters AS (
  SELECT
    w.period_start,
    sum(i.visits) AS visits_previous_2
  FROM visits_atoms AS i
  JOIN previous_1_year AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- visits: visits by month, previous 12 months
visits_monthly_previous_12_months AS (
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
  FROM generate_series(TIMESTAMP '2025-02-01', TIMESTAMP '2025-02-01', INTERVAL '1 month') AS periods(start)
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
  LEFT JOIN visits_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_monthly_previous_1_year AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_monthly_previous_4_quarters AS r3 ON r3.period_start = p.period_start
  LEFT JOIN visits_monthly_previous_12_months AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.visits_previous AS year_before,
  c.visits_previous_2 AS four_quarters_before,
  c.visits_previous_3 AS twelve_months_before
FROM cells AS c
ORDER BY c.period_start;
