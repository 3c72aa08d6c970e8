select period_start, 'total' as slicing, 'all' as segment, orders, seconds::double as days_between
from (values (date '2026-01-01', 7, 921600), ('2026-02-01', 1, 864000)) t(period_start, orders, seconds)
