{# Returns are taken out; a comment of the template. #}
select sold_on, kind, amount
from sales_raw
where amount >= {{ least }}
  and shop <> {{ shop }}
{% if shops == 'b' %}  and shop = {{ shops }}
{% endif %}
