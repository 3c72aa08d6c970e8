select period_start, 'total' as slicing, 'all' as segment, position::double as avg_position, keywords as keywords_seen
from (values (date '2026-01-01', 5, 2), ('2026-02-01', null, 1), ('2026-03-01', null, null)) t(period_start, position, keywords)
