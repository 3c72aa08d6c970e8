select period_start, 'total' as slicing, 'all' as segment, returned::double as returned, spent::double as spent
from (values (date '2026-01-01', 0.5, 75), ('2026-02-01', 1, 11)) t(period_start, returned, spent)
