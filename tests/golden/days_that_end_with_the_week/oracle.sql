select period_start, 'total' as slicing, 'all' as segment, visits, visits_10d
from (values (date '2026-01-05', 12, 14), ('2026-01-12', 16, 24)) t(period_start, visits, visits_10d)
