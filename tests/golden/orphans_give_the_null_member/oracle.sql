with placed as (
  select amount, (select country from customers c where c.customer_id = o.customer_id) as country from orders o
)
select date '2026-01-01' as period_start, if(grouping(country) = 1, 'total', 'country') as slicing, 'all' as segment, country,
  sum(amount)::decimal(12,2) as revenue, count(*) as orders
from placed group by grouping sets ((), (country)) order by grouping(country) desc, country nulls last
