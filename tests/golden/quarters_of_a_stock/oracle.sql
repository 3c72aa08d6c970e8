select period_start, 'total' as slicing, 'all' as segment, opening, closing, year_before
from (values (date '2026-01-01', 10, 50, 5), ('2026-04-01', 50, 50, 10)) t(period_start, opening, closing, year_before)
