-- date_trunc of each row
WITH visited AS (
  SELECT CAST(date_trunc('month', started_at) AS DATE) AS period_start, channel, count(DISTINCT visitor_id) AS visitors
  FROM sessions WHERE started_at >= DATE '2025-01-01' AND started_at < DATE '2027-01-01' GROUP BY 1, 2
),
{% include 'visitors_beside_orders/orders.part' %}
