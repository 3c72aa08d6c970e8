select period_start, 'total' as slicing, 'all' as segment, value::double as lifetime_revenue
from (values (date '2026-01-01', 30), ('2026-02-01', 0)) t(period_start, value)
