select date '2026-01-01' as period_start, 'channel' as slicing, 'all' as segment, channel,
  cost::double / nullif(orders, 0) as cost_per_order, orders, cost
from (
  select coalesce(o.channel, s.medium) as channel, coalesce(o.n, 0) as orders, coalesce(s.cost, 0)::decimal(12,2) as cost
  from (select lower(channel) as channel, count(*) as n from orders group by 1) o
  full join (select medium, sum(cost) as cost from spend group by 1) s on s.medium = o.channel
) order by channel
