-- segments as bits
WITH {% include 'segments/masked.part' %},
visitor_bits AS (
  SELECT 12 * year(started_at) + month(started_at) - 1 AS month, visitor_id,
    bit_or({% for s in segments %}{{ s.bit }} * CAST({{ s.condition }} AS INTEGER){% if not loop.last %} + {% endif %}{% endfor %}) AS bits
  FROM sessions WHERE started_at >= DATE '2025-01-01' AND started_at < DATE '2027-01-01' GROUP BY 1, 2
),
visited_bits AS (SELECT month, bits, count(visitor_id) AS visitors FROM visitor_bits GROUP BY 1, 2),
visited AS (
  {% for s in segments -%}
  SELECT month, '{{ s.name }}' AS segment, sum(visitors) AS visitors FROM visited_bits WHERE bits & {{ s.bit }} > 0 GROUP BY 1
  {%- if not loop.last %} UNION ALL {% endif %}
  {% endfor %}
),
buyer_bits AS (
  SELECT 12 * year(ordered_at) + month(ordered_at) - 1 AS month, customer_id,
    bit_or({% for s in segments %}{{ s.bit }} * CAST({{ s.condition }} AS INTEGER){% if not loop.last %} + {% endif %}{% endfor %}) AS bits
  FROM orders WHERE ordered_at >= DATE '2025-01-01' AND ordered_at < DATE '2027-01-01' GROUP BY 1, 2
),
bought_bits AS (SELECT month, bits, count(customer_id) AS buyers FROM buyer_bits GROUP BY 1, 2),
bought AS (
  {% for s in segments -%}
  SELECT month, '{{ s.name }}' AS segment, sum(buyers) AS buyers FROM bought_bits WHERE bits & {{ s.bit }} > 0 GROUP BY 1
  {%- if not loop.last %} UNION ALL {% endif %}
  {% endfor %}
)
{% include 'segments/last.part' %}
