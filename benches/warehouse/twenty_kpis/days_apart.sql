-- apart, and sums by day first
WITH session_days AS (
  SELECT CAST(started_at AS DATE) AS day, channel, device, {% include 'sessions.part' %}
  FROM sessions WHERE started_at >= DATE '2025-01-01' AND started_at < DATE '2027-01-01' GROUP BY 1, 2, 3
),
session_months AS (
  SELECT 12 * year(day) + month(day) - 1 AS month, channel, device, {% include 'sums.part' %}
  FROM session_days GROUP BY 1, 2, 3
),
visited AS (
  SELECT 12 * year(started_at) + month(started_at) - 1 AS month, channel, device, count(DISTINCT visitor_id) AS visitors
  FROM sessions WHERE started_at >= DATE '2025-01-01' AND started_at < DATE '2027-01-01' GROUP BY 1, 2, 3
),
order_days AS (
  SELECT CAST(ordered_at AS DATE) AS day, channel, device, {% include 'orders.part' %}
  FROM orders WHERE ordered_at >= DATE '2025-01-01' AND ordered_at < DATE '2027-01-01' GROUP BY 1, 2, 3
),
order_months AS (
  SELECT 12 * year(day) + month(day) - 1 AS month, channel, device, {% include 'order_sums.part' %}
  FROM order_days GROUP BY 1, 2, 3
),
bought AS (
  SELECT 12 * year(ordered_at) + month(ordered_at) - 1 AS month, channel, device, count(DISTINCT customer_id) AS buyers
  FROM orders WHERE ordered_at >= DATE '2025-01-01' AND ordered_at < DATE '2027-01-01' GROUP BY 1, 2, 3
)
SELECT make_date(month // 12, month % 12 + 1, 1) AS period_start, channel, device,
{% include 'kpis.part' %}
FROM session_months JOIN visited USING (month, channel, device)
JOIN order_months USING (month, channel, device) JOIN bought USING (month, channel, device)
