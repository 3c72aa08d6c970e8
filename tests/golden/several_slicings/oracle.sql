select date '2026-01-01' as period_start, slicing, 'all' as segment, device, channel, buyers, revenue
from (
  select 0 as nr, 'total' as slicing, null as device, null as channel, count(distinct customer_id) as buyers, sum(amount)::decimal(12,2) as revenue from orders
  union all select 1, 'device', device, null, count(distinct customer_id), sum(amount) from orders group by device
  union all select 2, 'channel,device', device, channel, count(distinct customer_id), sum(amount) from orders group by device, channel
  union all select 3, 'channel', null, channel, count(distinct customer_id), sum(amount) from orders group by channel
)
order by nr, device nulls last, channel nulls last
