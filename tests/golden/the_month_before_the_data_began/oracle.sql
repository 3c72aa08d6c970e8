select period_start, 'total' as slicing, 'all' as segment, sales, before, growth::double as growth
from (values (date '2026-01-01', 2, null, null), ('2026-02-01', 0, 2, -1), ('2026-03-01', 1, 0, null)) t(period_start, sales, before, growth)
