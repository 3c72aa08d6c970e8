select date '2026-01-01' as period_start, if(grouping(status) = 1, 'total', 'status') as slicing, 'all' as segment, status,
  count(*) as orders, sum(amount) as revenue
from orders where status is null or status = 'paid' group by grouping sets ((), (status)) order by grouping(status) desc, status nulls last
