with o as (select *, coalesce(channel, '?') = 'web' as is_web from orders)
select date '2026-01-01' as period_start, 'total' as slicing, segment,
  sum(amount)::decimal(12,2) as revenue,
  sum(if(is_web, 0, amount))::decimal(12,2) as thrice,
  sum(if(is_web, 0, amount))::decimal(12,2) as twice_apart,
  sum(if(is_web, amount, 0))::decimal(12,2) as four_times
from (select *, if(is_web, 'web', 'elsewhere') as segment from o)
group by segment order by segment = 'elsewhere'
