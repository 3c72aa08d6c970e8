select date '2026-03-10' as period_start, slicing, 'all' as segment, service, hours / 24 as availability_rate
from (values ('total', null, 17), ('service', 'mail', 21), ('service', 'shop', 23), ('service', 'web', 20)) t(slicing, service, hours)
