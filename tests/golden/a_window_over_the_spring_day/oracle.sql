select period_start, 'total' as slicing, 'all' as segment, visits, visits_2d
from (values (date '2026-03-29', 1, 3), ('2026-03-30', 1, 2)) t(period_start, visits, visits_2d)
