select period_start, 'total' as slicing, 'all' as segment, opening, started, ended, opening + started - ended as closing
from (values (date '2026-01-01', 2, 1, 0), ('2026-02-01', 3, 1, 0), ('2026-03-01', 4, 0, 1)) t(period_start, opening, started, ended)
