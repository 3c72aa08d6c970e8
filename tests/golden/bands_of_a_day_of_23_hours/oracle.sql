select period_start, 'total' as slicing, 'all' as segment, visits, of_busy, before, busy_visitors
from (values (date '2026-03-28', 1, 0, 0, 0), ('2026-03-29', 3, 2, 0, 1), ('2026-03-30', 1, 0, 2, 0)) t(period_start, visits, of_busy, before, busy_visitors)
