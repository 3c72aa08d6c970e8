-- a sweep: one more with each start, one less with each end
WITH changes AS (
  SELECT started_on AS day, count(*) AS change FROM subscriptions GROUP BY 1
  UNION ALL
  SELECT ended_on, -count(*) FROM subscriptions WHERE ended_on IS NOT NULL GROUP BY 1
),
by_day AS (SELECT day, sum(change) AS change FROM changes GROUP BY day),
spine AS (SELECT CAST(d AS DATE) AS period_start FROM generate_series(DATE '2025-01-01', DATE '2026-12-31', INTERVAL 1 DAY) AS s(d))
SELECT period_start, CAST(coalesce(sum(change) OVER (ORDER BY period_start), 0) AS BIGINT) AS subscribers
FROM spine LEFT JOIN by_day ON day = period_start
ORDER BY period_start
