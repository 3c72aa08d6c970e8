select period_start, 'total' as slicing, 'all' as segment, hours / of_hours as availability_rate
from (values (date '2026-03-28', 24, 24), (date '2026-03-29', 21, 23)) t(period_start, hours, of_hours)
