-- each month by itself
{% for month in months -%}
SELECT DATE '{{ month.start }}' AS period_start, sum(pageviews) AS pageviews
FROM sessions WHERE started_at >= DATE '{{ month.start }}' AND started_at < DATE '{{ month.end }}'
{%- if not loop.last %}
UNION ALL
{% endif %}
{%- endfor %}
