-- segments as bits, as flags of each visitor
WITH {% include 'segments/masked.part' %},
visitor_flags AS (
  SELECT 12 * year(started_at) + month(started_at) - 1 AS month, visitor_id,
    {% for s in segments %}bool_or({{ s.condition }}) AS is_{{ s.name }}{% if not loop.last %}, {% endif %}{% endfor %}
  FROM sessions WHERE started_at >= DATE '2025-01-01' AND started_at < DATE '2027-01-01' GROUP BY 1, 2
),
visited AS (
  {% for s in segments -%}
  SELECT month, '{{ s.name }}' AS segment, count(visitor_id) AS visitors FROM visitor_flags WHERE is_{{ s.name }} GROUP BY 1
  {%- if not loop.last %} UNION ALL {% endif %}
  {% endfor %}
),
buyer_flags AS (
  SELECT 12 * year(ordered_at) + month(ordered_at) - 1 AS month, customer_id,
    {% for s in segments %}bool_or({{ s.condition }}) AS is_{{ s.name }}{% if not loop.last %}, {% endif %}{% endfor %}
  FROM orders WHERE ordered_at >= DATE '2025-01-01' AND ordered_at < DATE '2027-01-01' GROUP BY 1, 2
),
bought AS (
  {% for s in segments -%}
  SELECT month, '{{ s.name }}' AS segment, count(customer_id) AS buyers FROM buyer_flags WHERE is_{{ s.name }} GROUP BY 1
  {%- if not loop.last %} UNION ALL {% endif %}
  {% endfor %}
)
{% include 'segments/last.part' %}
