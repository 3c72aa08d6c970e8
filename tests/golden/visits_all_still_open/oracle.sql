select period_start, 'total' as slicing, 'all' as segment, visited, bought, conversion::double as conversion
from (values (date '2026-01-01', 2, 1, 0.5), ('2026-02-01', null, null, null), ('2026-03-01', null, null, null)) t(period_start, visited, bought, conversion)
