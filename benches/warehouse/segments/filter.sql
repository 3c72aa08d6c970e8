-- FILTER for each segment
WITH s AS (
  SELECT 12 * year(started_at) + month(started_at) - 1 AS month,
    {% for s in segments -%}
    count(*) FILTER ({{ s.condition }}) AS sessions_{{ s.bit }},
    sum(pageviews) FILTER ({{ s.condition }}) AS pageviews_{{ s.bit }},
    count(*) FILTER ({{ s.condition }} AND pageviews = 1) AS bounces_{{ s.bit }},
    sum(duration_s) FILTER ({{ s.condition }}) AS time_spent_{{ s.bit }},
    count(*) FILTER ({{ s.condition }} AND is_new) AS new_sessions_{{ s.bit }},
    count(DISTINCT visitor_id) FILTER ({{ s.condition }}) AS visitors_{{ s.bit }},
    {% endfor %}
  FROM sessions WHERE started_at >= DATE '2025-01-01' AND started_at < DATE '2027-01-01' GROUP BY 1
),
o AS (
  SELECT 12 * year(ordered_at) + month(ordered_at) - 1 AS month,
    {% for s in segments -%}
    count(*) FILTER ({{ s.condition }}) AS orders_{{ s.bit }},
    sum(amount) FILTER ({{ s.condition }}) AS revenue_{{ s.bit }},
    sum(cost) FILTER ({{ s.condition }}) AS cost_{{ s.bit }},
    sum(items) FILTER ({{ s.condition }}) AS items_{{ s.bit }},
    count(promo) FILTER ({{ s.condition }}) AS promo_orders_{{ s.bit }},
    count(DISTINCT customer_id) FILTER ({{ s.condition }}) AS buyers_{{ s.bit }},
    {% endfor %}
  FROM orders WHERE ordered_at >= DATE '2025-01-01' AND ordered_at < DATE '2027-01-01' GROUP BY 1
),
cells AS (
  {% for s in segments -%}
  SELECT month, '{{ s.name }}' AS segment,
    sessions_{{ s.bit }} AS sessions, pageviews_{{ s.bit }} AS pageviews, bounces_{{ s.bit }} AS bounces,
    time_spent_{{ s.bit }} AS time_spent, new_sessions_{{ s.bit }} AS new_sessions, visitors_{{ s.bit }} AS visitors,
    orders_{{ s.bit }} AS orders, revenue_{{ s.bit }} AS revenue, cost_{{ s.bit }} AS cost,
    items_{{ s.bit }} AS items, promo_orders_{{ s.bit }} AS promo_orders, buyers_{{ s.bit }} AS buyers
  FROM s JOIN o USING (month)
  {%- if not loop.last %} UNION ALL {% endif %}
  {% endfor %}
)
SELECT make_date(month // 12, month % 12 + 1, 1) AS period_start, segment,
{% include 'kpis.part' %}
FROM cells
