select period_start, 'total' as slicing, 'all' as segment, wtd
from (values (date '2026-03-07', 6), ('2026-03-08', 8), ('2026-03-09', 24)) t(period_start, wtd)
