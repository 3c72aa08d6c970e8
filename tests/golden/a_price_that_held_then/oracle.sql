select period_start, 'total' as slicing, 'all' as segment, pieces, list_value
from (values (date '2026-01-01', 2, 20), ('2026-02-01', 3, 36), ('2026-03-01', 2, 0)) t(period_start, pieces, list_value)
