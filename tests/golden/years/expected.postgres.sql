WITH
-- calls by day
calls_atoms AS (
  SELECT
    CAST(calls."at" AS DATE) AS period_start,
    count(*) AS calls,
    sum(calls.seconds) AS seconds
  FROM calls
  WHERE calls."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND calls."at" < TIMESTAMP '2028-01-01 00:00:00'
  GROUP BY 1
),
-- calls: calls, seconds by year
calls_yearly AS (
  SELECT
    CAST(date_trunc('year', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.calls) AS BIGINT) AS calls,
    sum(i.seconds) AS seconds
  FROM calls_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2027-01-01', INTERVAL '1 year') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.calls, 0) AS calls,
    COALESCE(r1.seconds, 0) AS seconds
  FROM spine AS p
  LEFT JOIN calls_yearly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.calls,
  c.seconds
FROM cells AS c
ORDER BY c.period_start;
