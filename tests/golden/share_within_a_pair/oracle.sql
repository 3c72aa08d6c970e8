with n as (select channel, device, sum(amount)::double as v from orders group by channel, device)
select date '2026-01-01' as period_start, 'channel,device' as slicing, 'all' as segment, channel, device,
  v / (select sum(v) from n k where k.device is not distinct from n.device) as within_device,
  v / (select sum(v) from n k where k.channel is not distinct from n.channel) as within_channel,
  v / (select sum(v) from n) as of_all
from n order by channel nulls last, device nulls last
