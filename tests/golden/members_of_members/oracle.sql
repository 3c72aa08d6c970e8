select date '2026-01-01' as period_start, slicing, 'all' as segment, channel, twice_bought, most, fans, share_of_fans
from (values ('total', null, 1, 2, 1, 1), ('channel', 'shop', 0.5, 1, 0, 2 / 3.0), ('channel', 'web', 1 / 3.0, 1, 0, 1)) t(slicing, channel, twice_bought, most, fans, share_of_fans)
