select period_start, 'total' as slicing, 'all' as segment, revenue, big / revenue as big_share
from (values (date '2026-01-01', 180, 150), ('2026-02-01', 80, 60), ('2026-03-01', 50, 0)) t(period_start, revenue, big)
