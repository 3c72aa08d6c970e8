select date '2026-03-01' as period_start, 'channel' as slicing, 'all' as segment, channel, count(*) as orders
from orders where device = 'mobile' and ordered_on between '2026-03-01' and '2026-03-31' group by channel
