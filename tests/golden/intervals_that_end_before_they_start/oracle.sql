select period_start, 'total' as slicing, 'all' as segment, opening, closing, average::double as average_subscribers
from (values (date '2026-01-01', 1, 1, 1), ('2026-02-01', 1, 0, 1 / 28)) t(period_start, opening, closing, average)
