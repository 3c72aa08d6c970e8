select date '2026-01-01' as period_start, slicing, 'all' as segment, device, visited, filled, filled / visited as rate
from (values ('total', null, 3, 2), ('device', 'desktop', 2, 1), ('device', 'mobile', 2, 1)) t(slicing, device, visited, filled)
