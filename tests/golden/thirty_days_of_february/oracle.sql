select period_start, 'total' as slicing, 'all' as segment, items, before
from (values (date '2026-02-01', 1, 0), ('2026-03-01', 14, 1)) t(period_start, items, before)
