select period_start, 'total' as slicing, 'all' as segment, visited, filled, bought, filled_before
from (values (date '2025-12-01', 1, 1, 0, 0), ('2026-01-01', 5, 5, 2, 1)) t(period_start, visited, filled, bought, filled_before)
