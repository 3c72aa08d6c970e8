-- by day, then by month
WITH days AS (
  SELECT CAST(started_at AS DATE) AS day, sum(pageviews) AS pageviews
  FROM sessions WHERE started_at >= DATE '2025-01-01' AND started_at < DATE '2027-01-01' GROUP BY 1
)
SELECT CAST(date_trunc('month', day) AS DATE) AS period_start, sum(pageviews) AS pageviews FROM days GROUP BY 1
