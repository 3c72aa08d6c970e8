-- a request for each segment
{% for s in segments %}
SELECT make_date(month // 12, month % 12 + 1, 1) AS period_start, '{{ s.name }}' AS segment,
{% include 'kpis.part' %}
FROM (
  SELECT 12 * year(started_at) + month(started_at) - 1 AS month,
    {% include 'sessions.part' %}, count(DISTINCT visitor_id) AS visitors
  FROM sessions WHERE started_at >= DATE '2025-01-01' AND started_at < DATE '2027-01-01' AND {{ s.condition }} GROUP BY 1
)
JOIN (
  SELECT 12 * year(ordered_at) + month(ordered_at) - 1 AS month,
    {% include 'orders.part' %}, count(DISTINCT customer_id) AS buyers
  FROM orders WHERE ordered_at >= DATE '2025-01-01' AND ordered_at < DATE '2027-01-01' AND {{ s.condition }} GROUP BY 1
) USING (month)
{% if not loop.last %} UNION ALL {% endif %}
{% endfor %}
