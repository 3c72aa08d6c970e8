select period_start, 'total' as slicing, 'all' as segment, visits, year_before
from (values (date '2025-02-28', 8, 1), ('2025-03-01', 0, 4)) t(period_start, visits, year_before)
