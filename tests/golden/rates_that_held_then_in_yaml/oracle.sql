select m as period_start, 'total' as slicing, 'all' as segment, euros, euros as euros_too
from (values (date '2026-01-01', 50), ('2026-02-01', 87), ('2026-03-01', 0)) t(m, euros)
