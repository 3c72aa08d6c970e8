select period_start, 'total' as slicing, 'all' as segment, bounce_rate::double as bounce_rate, duration::double as avg_session_duration
from (values (date '2026-01-01', 0.5, 210), ('2026-02-01', 0, 0), ('2026-03-01', null, null)) t(period_start, bounce_rate, duration)
