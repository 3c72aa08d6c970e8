select date '2026-01-01' as period_start, 'acquisition_channel' as slicing, 'all' as segment, c as acquisition_channel, orders, revenue
from (values ('mail', 2, 30), (null, 2, 12)) t(c, orders, revenue)
