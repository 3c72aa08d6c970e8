-- each visitor once, then counted
WITH once AS (
  SELECT 12 * year(started_at) + month(started_at) - 1 AS month, channel, visitor_id
  FROM sessions WHERE started_at >= DATE '2025-01-01' AND started_at < DATE '2027-01-01' GROUP BY 1, 2, 3
),
visited AS (
  SELECT make_date(month // 12, month % 12 + 1, 1) AS period_start, channel, count(visitor_id) AS visitors
  FROM once GROUP BY month, channel
),
{% include 'visitors_beside_orders/orders.part' %}
