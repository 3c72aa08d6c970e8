select period_start, 'total' as slicing, 'all' as segment, visits, before, before as three_months_before, year_before
from (values (date '2026-01-01', 4, 2, 8), ('2026-04-01', 0, 4, 16)) t(period_start, visits, before, year_before)
