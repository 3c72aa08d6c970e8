select period_start, 'total' as slicing, 'all' as segment, hours / of_hours as availability_rate
from (values (date '2026-01-01', 742, 744), ('2026-02-01', 661, 672), ('2026-03-01', 0, 744)) t(period_start, hours, of_hours)
