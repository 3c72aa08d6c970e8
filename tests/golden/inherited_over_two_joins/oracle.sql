with placed as (
  select o.channel, c.country, l.qty from lines l join orders o on o.order_id = l.order_id left join customers c on c.customer_id = o.customer_id
)
select date '2026-01-01' as period_start, if(grouping(country) = 1, 'total', 'country,channel') as slicing, 'all' as segment,
  country, channel, sum(qty) as units, count(*) as lines
from placed group by grouping sets ((), (country, channel)) order by grouping(country) desc, country nulls last, channel nulls last
