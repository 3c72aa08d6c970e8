select date '2026-01-01' as period_start, slicing, 'all' as segment, channel, n as twice, n / buyers as twice_rate, n / 2 as share
from (values ('total', null, 2, 3), ('channel', 'shop', 1, 2), ('channel', 'web', 1, 2)) t(slicing, channel, n, buyers)
