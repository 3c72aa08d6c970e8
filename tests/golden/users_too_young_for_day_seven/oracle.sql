select period_start, 'total' as slicing, 'all' as segment, rate::double as active_rate_d7
from (values (date '2025-12-29', 0.5), ('2026-01-05', null)) t(period_start, rate)
