-- segments as bits, of each month by itself
WITH {% include 'segments/masked.part' %},
visited_bits AS (
  {% for month in months -%}
  SELECT {{ month.number }} AS month, bits, count(visitor_id) AS visitors FROM (
    SELECT visitor_id, bit_or({% for s in segments %}{{ s.bit }} * CAST({{ s.condition }} AS INTEGER){% if not loop.last %} + {% endif %}{% endfor %}) AS bits
    FROM sessions WHERE started_at >= DATE '{{ month.start }}' AND started_at < DATE '{{ month.end }}' GROUP BY 1
  ) GROUP BY 2
  {%- if not loop.last %} UNION ALL {% endif %}
  {% endfor %}
),
visited AS (
  {% for s in segments -%}
  SELECT month, '{{ s.name }}' AS segment, sum(visitors) AS visitors FROM visited_bits WHERE bits & {{ s.bit }} > 0 GROUP BY 1
  {%- if not loop.last %} UNION ALL {% endif %}
  {% endfor %}
),
bought_bits AS (
  {% for month in months -%}
  SELECT {{ month.number }} AS month, bits, count(customer_id) AS buyers FROM (
    SELECT customer_id, bit_or({% for s in segments %}{{ s.bit }} * CAST({{ s.condition }} AS INTEGER){% if not loop.last %} + {% endif %}{% endfor %}) AS bits
    FROM orders WHERE ordered_at >= DATE '{{ month.start }}' AND ordered_at < DATE '{{ month.end }}' GROUP BY 1
  ) GROUP BY 2
  {%- if not loop.last %} UNION ALL {% endif %}
  {% endfor %}
),
bought AS (
  {% for s in segments -%}
  SELECT month, '{{ s.name }}' AS segment, sum(buyers) AS buyers FROM bought_bits WHERE bits & {{ s.bit }} > 0 GROUP BY 1
  {%- if not loop.last %} UNION ALL {% endif %}
  {% endfor %}
)
{% include 'segments/last.part' %}
