-- count(distinct) of each month by itself
WITH visited AS (
  {% for month in months -%}
  SELECT DATE '{{ month.start }}' AS period_start, channel, count(DISTINCT visitor_id) AS visitors
  FROM sessions WHERE started_at >= DATE '{{ month.start }}' AND started_at < DATE '{{ month.end }}' GROUP BY channel
  {%- if not loop.last %}
  UNION ALL
  {% endif %}
  {%- endfor %}
),
{% include 'visitors_beside_orders/orders.part' %}
