select period_start, 'total' as slicing, 'all' as segment, opening, closing
from (values (date '2026-01-01', null, 12), ('2026-02-01', 12, null), ('2026-03-01', null, 4)) t(period_start, opening, closing)
