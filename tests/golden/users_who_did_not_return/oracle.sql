select period_start, 'total' as slicing, 'all' as segment, rate::double as audience_erosion_rate
from (values (date '2026-02-01', 2 / 3), ('2026-03-01', 1 / 2)) t(period_start, rate)
