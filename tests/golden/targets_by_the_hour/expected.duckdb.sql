WITH
-- calls: calls by hour
calls_hourly AS (
  SELECT
    date_trunc('hour', calls."at") AS period_start,
    count(*) AS calls
  FROM calls
  WHERE calls."at" >= TIMESTAMP '2026-03-28 23:00:00'
    AND calls."at" < TIMESTAMP '2026-03-29 22:00:00'
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    start AS period_start
  FROM generate_series(TIMESTAMP '2026-03-28 23:00:00', TIMESTAMP '2026-03-29 21:00:00', INTERVAL '1 hour') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.calls, 0) AS calls
  FROM spine AS p
  LEFT JOIN calls_hourly AS r1 ON r1.period_start = p.period_start
),
-- targets, and how KPIs stand against them
formulas AS MATERIALIZED (
  SELECT
    c.*,
    2 AS calls_target,
    CAST(NULL AS DOUBLE) AS of_the_day_target
  FROM cells AS c
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.calls,
  c.calls_target,
  1 + CAST(c.calls - c.calls_target AS DOUBLE) / NULLIF(abs(c.calls_target), 0) AS calls_attainment,
  1 + CAST(c.calls - c.calls_target AS DOUBLE) / NULLIF(abs(c.calls_target), 0) AS calls_pacing,
  CASE
    WHEN c.calls IS NULL THEN 'no_data'
    WHEN c.calls_target IS NULL THEN 'no_target'
    WHEN round(c.calls, 9) < round(c.calls_target, 9) THEN 'off_track'
    ELSE 'on_track'
  END AS calls_status,
  c.calls AS calls_projected,
  c.calls AS of_the_day,
  c.of_the_day_target,
  1 + CAST(c.calls - c.of_the_day_target AS DOUBLE) / NULLIF(abs(c.of_the_day_target), 0) AS of_the_day_attainment,
  1 + CAST(c.calls - c.of_the_day_target AS DOUBLE) / NULLIF(abs(c.of_the_day_target), 0) AS of_the_day_pacing,
  CASE
    WHEN c.calls IS NULL THEN 'no_data'
    WHEN c.of_the_day_target IS NULL THEN 'no_target'
    WHEN round(c.calls, 9) < round(c.of_the_day_target, 9) THEN 'off_track'
    ELSE 'on_track'
  END AS of_the_day_status,
  c.calls AS of_the_day_projected
FROM formulas AS c
ORDER BY c.period_start;
