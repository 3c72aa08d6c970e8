select period_start, 'total' as slicing, 'all' as segment, n as second_orders, seconds::double as time_to_second
from (values (date '2026-01-01', 2, 302400), ('2026-02-01', 1, 2678400)) t(period_start, n, seconds)
