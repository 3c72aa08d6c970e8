WITH
-- days: won, level, slow, lost by day
days_daily AS (
  SELECT
    days.day AS period_start,
    sum(days.won) AS won,
    CAST(sum(days.level) AS DOUBLE PRECISION) / NULLIF(count(days.level), 0) AS level,
    CAST(sum(days.slow) AS DOUBLE PRECISION) / NULLIF(count(days.slow), 0) AS slow,
    sum(days.lost) AS lost
  FROM days
  WHERE days.day >= DATE '2026-01-01'
    AND days.day < DATE '2026-01-07'
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-06', INTERVAL '1 day') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.won, 0) AS won,
    r1.level,
    r1.slow,
    COALESCE(r1.lost, 0) AS lost
  FROM spine AS p
  LEFT JOIN days_daily AS r1 ON r1.period_start = p.period_start
),
-- KPIs that other KPIs use
formulas AS MATERIALIZED (
  SELECT
    c.*,
    100 AS points_target,
    2 AS level_target,
    4 AS level_target_to,
    10 AS slow_target,
    c.won - c.lost AS balance,
    -80 AS balance_target
  FROM cells AS c
),
-- targets, and how KPIs stand against them
formulas_2 AS MATERIALIZED (
  SELECT
    c.*,
    1 + CAST(c.won - c.points_target AS DOUBLE PRECISION) / NULLIF(abs(c.points_target), 0) AS points_attainment,
    CASE
      WHEN round(CAST(c.level AS NUMERIC), 9) < round(CAST(c.level_target AS NUMERIC), 9) THEN 1
          - CAST(c.level_target - c.level AS DOUBLE PRECISION) / NULLIF(abs(c.level_target), 0)
      WHEN round(CAST(c.level AS NUMERIC), 9) > round(CAST(c.level_target_to AS NUMERIC), 9) THEN 1
          - CAST(c.level - c.level_target_to AS DOUBLE PRECISION)
            / NULLIF(abs(c.level_target_to), 0)
      WHEN round(CAST(c.level AS NUMERIC), 9) >= round(CAST(c.level_target AS NUMERIC), 9)
        AND round(CAST(c.level AS NUMERIC), 9) <= round(CAST(c.level_target_to AS NUMERIC), 9) THEN 1
    END AS level_attainment,
    1 + CAST(c.slow_target - c.slow AS DOUBLE PRECISION) / NULLIF(abs(c.slow_target), 0) AS slow_attainment
  FROM formulas AS c
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.won AS points,
  c.points_target,
  c.points_attainment,
  c.points_attainment AS points_pacing,
  CASE
    WHEN c.won IS NULL THEN 'no_data'
    WHEN c.points_target IS NULL THEN 'no_target'
    WHEN round(CAST(c.points_attainment AS NUMERIC), 9) < 0.85
      OR c.points_attainment IS NULL
      AND round(CAST(c.won AS NUMERIC), 9) < round(CAST(c.points_target AS NUMERIC), 9) THEN 'off_track'
    WHEN round(CAST(c.points_attainment AS NUMERIC), 9) < 0.95
      OR c.points_attainment IS NULL
      AND round(CAST(c.won AS NUMERIC), 9) < round(CAST(c.points_target AS NUMERIC), 9) THEN 'at_risk'
    ELSE 'on_track'
  END AS points_status,
  c.won AS points_projected,
  c.level,
  c.level_target,
  c.level_target_to,
  c.level_attainment,
  c.level_attainment AS level_pacing,
  CASE
    WHEN c.level IS NULL THEN 'no_data'
    WHEN c.level_target IS NULL THEN 'no_target'
    WHEN round(CAST(c.level_attainment AS NUMERIC), 9) < 0.5
      OR c.level_attainment IS NULL
      AND (
        round(CAST(c.level AS NUMERIC), 9) < round(CAST(c.level_target AS NUMERIC), 9)
        OR round(CAST(c.level AS NUMERIC), 9) > round(CAST(c.level_target_to AS NUMERIC), 9)
      ) THEN 'off_track'
    WHEN round(CAST(c.level_attainment AS NUMERIC), 9) < 1
      OR c.level_attainment IS NULL
      AND (
        round(CAST(c.level AS NUMERIC), 9) < round(CAST(c.level_target AS NUMERIC), 9)
        OR round(CAST(c.level AS NUMERIC), 9) > round(CAST(c.level_target_to AS NUMERIC), 9)
      ) THEN 'at_risk'
    ELSE 'on_track'
  END AS level_status,
  c.level AS level_projected,
  c.slow,
  c.slow_target,
  c.slow_attainment,
  c.slow_attainment AS slow_pacing,
  CASE
    WHEN c.slow IS NULL THEN 'no_data'
    WHEN c.slow_target IS NULL THEN 'no_target'
    WHEN round(CAST(c.slow AS NUMERIC), 9) > 19 THEN 'off_track'
    WHEN round(CAST(c.slow_attainment AS NUMERIC), 9) < 0.9
      OR c.slow_attainment IS NULL
      AND round(CAST(c.slow AS NUMERIC), 9) > round(CAST(c.slow_target AS NUMERIC), 9) THEN 'at_risk'
    ELSE 'on_track'
  END AS slow_status,
  c.slow AS slow_projected,
  c.balance,
  c.balance_target,
  1 + CAST(c.balance - c.balance_target AS DOUBLE PRECISION) / NULLIF(abs(c.balance_target), 0) AS balance_attainment,
  1 + CAST(c.balance - c.balance_target AS DOUBLE PRECISION) / NULLIF(abs(c.balance_target), 0) AS balance_pacing,
  CASE
    WHEN c.balance IS NULL THEN 'no_data'
    WHEN round(CAST(c.balance AS NUMERIC), 9) < 0 THEN 'off_track'
    ELSE 'on_track'
  END AS balance_status,
  c.balance AS balance_projected
FROM formulas_2 AS c
ORDER BY c.period_start;
