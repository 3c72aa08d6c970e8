WITH
-- errors by day
errors_atoms AS (
  SELECT
    errors.day AS period_start,
    sum(errors.amount) AS amount
  FROM errors
  WHERE errors.day >= DATE '2026-01-01'
    AND errors.day < DATE '2026-04-01'
  GROUP BY 1
),
-- errors: amount by month
errors_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.amount) AS amount
  FROM errors_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.amount, 0) AS amount
  FROM spine AS p
  LEFT JOIN errors_monthly AS r1 ON r1.period_start = p.period_start
),
-- targets, and how KPIs stand against them
formulas AS MATERIALIZED (
  SELECT
    c.*,
    0 AS faults_target,
    0 AS gains_target,
    0 AS watched_target,
    0 AS around_target,
    2 AS around_target_to
  FROM cells AS c
),
-- targets, and how KPIs stand against them
formulas_2 AS MATERIALIZED (
  SELECT
    c.*,
    1 + CAST(c.amount - c.gains_target AS DOUBLE PRECISION) / NULLIF(abs(c.gains_target), 0) AS gains_attainment,
    1 + CAST(c.amount - c.watched_target AS DOUBLE PRECISION) / NULLIF(abs(c.watched_target), 0) AS watched_attainment
  FROM formulas AS c
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.amount AS faults,
  c.faults_target,
  1 + CAST(c.faults_target - c.amount AS DOUBLE PRECISION) / NULLIF(abs(c.faults_target), 0) AS faults_attainment,
  1 + CAST(c.faults_target - c.amount AS DOUBLE PRECISION) / NULLIF(abs(c.faults_target), 0) AS faults_pacing,
  CASE
    WHEN c.amount IS NULL THEN 'no_data'
    WHEN c.faults_target IS NULL THEN 'no_target'
    WHEN round(CAST(c.amount AS NUMERIC), 9) > round(CAST(c.faults_target AS NUMERIC), 9) THEN 'off_track'
    ELSE 'on_track'
  END AS faults_status,
  c.amount AS faults_projected,
  c.amount AS gains,
  c.gains_target,
  c.gains_attainment,
  c.gains_attainment AS gains_pacing,
  CASE
    WHEN c.amount IS NULL THEN 'no_data'
    WHEN c.gains_target IS NULL THEN 'no_target'
    WHEN round(CAST(c.gains_attainment AS NUMERIC), 9) < 0.5
      OR c.gains_attainment IS NULL
      AND round(CAST(c.amount AS NUMERIC), 9) < round(CAST(c.gains_target AS NUMERIC), 9) THEN 'off_track'
    WHEN round(CAST(c.gains_attainment AS NUMERIC), 9) < 0.9
      OR c.gains_attainment IS NULL
      AND round(CAST(c.amount AS NUMERIC), 9) < round(CAST(c.gains_target AS NUMERIC), 9) THEN 'at_risk'
    ELSE 'on_track'
  END AS gains_status,
  c.amount AS gains_projected,
  c.amount AS watched,
  c.watched_target,
  c.watched_attainment,
  c.watched_attainment AS watched_pacing,
  CASE
    WHEN c.amount IS NULL THEN 'no_data'
    WHEN c.watched_target IS NULL THEN 'no_target'
    WHEN round(CAST(c.watched_attainment AS NUMERIC), 9) < 0.9
      OR c.watched_attainment IS NULL
      AND round(CAST(c.amount AS NUMERIC), 9) < round(CAST(c.watched_target AS NUMERIC), 9) THEN 'at_risk'
    ELSE 'on_track'
  END AS watched_status,
  c.amount AS watched_projected,
  c.amount AS around,
  c.around_target,
  c.around_target_to,
  CASE
    WHEN round(CAST(c.amount AS NUMERIC), 9) < round(CAST(c.around_target AS NUMERIC), 9) THEN 1
        - CAST(c.around_target - c.amount AS DOUBLE PRECISION) / NULLIF(abs(c.around_target), 0)
    WHEN round(CAST(c.amount AS NUMERIC), 9) > round(CAST(c.around_target_to AS NUMERIC), 9) THEN 1
        - CAST(c.amount - c.around_target_to AS DOUBLE PRECISION)
          / NULLIF(abs(c.around_target_to), 0)
    WHEN round(CAST(c.amount AS NUMERIC), 9) >= round(CAST(c.around_target AS NUMERIC), 9)
      AND round(CAST(c.amount AS NUMERIC), 9) <= round(CAST(c.around_target_to AS NUMERIC), 9) THEN 1
  END AS around_attainment,
  CASE
    WHEN round(CAST(c.amount AS NUMERIC), 9) < round(CAST(c.around_target AS NUMERIC), 9) THEN 1
        - CAST(c.around_target - c.amount AS DOUBLE PRECISION) / NULLIF(abs(c.around_target), 0)
    WHEN round(CAST(c.amount AS NUMERIC), 9) > round(CAST(c.around_target_to AS NUMERIC), 9) THEN 1
        - CAST(c.amount - c.around_target_to AS DOUBLE PRECISION)
          / NULLIF(abs(c.around_target_to), 0)
    WHEN round(CAST(c.amount AS NUMERIC), 9) >= round(CAST(c.around_target AS NUMERIC), 9)
      AND round(CAST(c.amount AS NUMERIC), 9) <= round(CAST(c.around_target_to AS NUMERIC), 9) THEN 1
  END AS around_pacing,
  CASE
    WHEN c.amount IS NULL THEN 'no_data'
    WHEN c.around_target IS NULL THEN 'no_target'
    WHEN round(CAST(c.amount AS NUMERIC), 9) < round(CAST(c.around_target AS NUMERIC), 9)
      OR round(CAST(c.amount AS NUMERIC), 9) > round(CAST(c.around_target_to AS NUMERIC), 9) THEN 'off_track'
    ELSE 'on_track'
  END AS around_status,
  c.amount AS around_projected
FROM formulas_2 AS c
ORDER BY c.period_start;
