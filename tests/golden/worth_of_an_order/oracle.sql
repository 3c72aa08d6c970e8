select date '2026-01-01' as period_start, slicing, 'all' as segment, channel, aov::double as aov
from (values ('total', null, 50), ('channel', 'shop', 110), ('channel', 'web', 30)) t(slicing, channel, aov)
