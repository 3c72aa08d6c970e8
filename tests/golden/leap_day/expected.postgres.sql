WITH
-- visits: visits by day
visits_daily AS (
  SELECT
    visits.day AS period_start,
    count(*) AS visits
  FROM visits
  WHERE visits.day >= DATE '2028-02-28'
    AND visits.day < DATE '2028-03-02'
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2028-02-28', TIMESTAMP '2028-03-01', INTERVAL '1 day') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits
  FROM spine AS p
  LEFT JOIN visits_daily AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits
FROM cells AS c
ORDER BY c.period_start;
