select period_start, 'total' as slicing, 'all' as segment, sales, before, so_far as of_the_quarter
from (values (date '2026-02-01', 6, 1, 6), ('2026-03-01', 8, 6, 14)) t(period_start, sales, before, so_far)
