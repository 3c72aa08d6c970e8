-- count(distinct) by the number of the month
WITH months AS (
  SELECT 12 * year(started_at) + month(started_at) - 1 AS month, channel, count(DISTINCT visitor_id) AS visitors
  FROM sessions WHERE started_at >= DATE '2025-01-01' AND started_at < DATE '2027-01-01' GROUP BY 1, 2
),
visited AS (SELECT make_date(month // 12, month % 12 + 1, 1) AS period_start, channel, visitors FROM months),
{% include 'visitors_beside_orders/orders.part' %}
