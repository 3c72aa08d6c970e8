-- date_trunc of each row
SELECT CAST(date_trunc('month', started_at) AS DATE) AS period_start, sum(pageviews) AS pageviews
FROM sessions WHERE started_at >= DATE '2025-01-01' AND started_at < DATE '2027-01-01' GROUP BY 1
