-- a sweep: each visitor comes, and goes 28 days later unless seen again
WITH days AS (SELECT DISTINCT CAST(started_at AS DATE) AS day, visitor_id FROM sessions),
stays AS (SELECT day, lead(day) OVER (PARTITION BY visitor_id ORDER BY day) AS next FROM days),
changes AS (
  SELECT day, count(*) AS change FROM stays GROUP BY day
  UNION ALL
  SELECT least(day + 28, coalesce(next, day + 28)) AS day, -count(*) FROM stays GROUP BY 1
),
by_day AS (SELECT day, sum(change) AS change FROM changes GROUP BY day),
spine AS (SELECT CAST(d AS DATE) AS period_start FROM generate_series(DATE '2025-01-01', DATE '2026-12-31', INTERVAL 1 DAY) AS s(d))
SELECT period_start, CAST(coalesce(sum(change) OVER (ORDER BY period_start), 0) AS BIGINT) AS visitors_28d
FROM spine LEFT JOIN by_day ON day = period_start
ORDER BY period_start
