select period_start, 'total' as slicing, 'all' as segment, days / 7 as average_guests, before / 7 as before, (days - before) / 7 as change, opening_before
from (values (date '2026-01-05', 5, 0, 0), ('2026-01-12', 9, 5, 0), ('2026-01-19', 7, 9, 1)) t(period_start, days, before, opening_before)
