-- by the number of the month
WITH months AS (
  SELECT 12 * year(started_at) + month(started_at) - 1 AS month, sum(pageviews) AS pageviews
  FROM sessions WHERE started_at >= DATE '2025-01-01' AND started_at < DATE '2027-01-01' GROUP BY 1
)
SELECT make_date(month // 12, month % 12 + 1, 1) AS period_start, pageviews FROM months
