-- segments as bits, distinct counts apart
WITH {% include 'segments/masked.part' %},
visited AS (
  {% for s in segments -%}
  SELECT 12 * year(started_at) + month(started_at) - 1 AS month, '{{ s.name }}' AS segment, count(DISTINCT visitor_id) AS visitors
  FROM sessions WHERE started_at >= DATE '2025-01-01' AND started_at < DATE '2027-01-01' AND {{ s.condition }} GROUP BY 1
  {%- if not loop.last %} UNION ALL {% endif %}
  {% endfor %}
),
bought AS (
  {% for s in segments -%}
  SELECT 12 * year(ordered_at) + month(ordered_at) - 1 AS month, '{{ s.name }}' AS segment, count(DISTINCT customer_id) AS buyers
  FROM orders WHERE ordered_at >= DATE '2025-01-01' AND ordered_at < DATE '2027-01-01' AND {{ s.condition }} GROUP BY 1
  {%- if not loop.last %} UNION ALL {% endif %}
  {% endfor %}
)
{% include 'segments/last.part' %}
