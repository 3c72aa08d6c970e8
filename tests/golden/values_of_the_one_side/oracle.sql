with o as (select channel, country, score from orders left join customers using (customer_id))
select date '2026-01-01' as period_start, if(grouping(channel) = 1, 'total', 'channel') as slicing, 'all' as segment, channel,
  count(distinct country) as countries, max(score) as best_score, count(*) as orders
from o group by grouping sets ((), (channel)) order by grouping(channel) desc, channel nulls last
