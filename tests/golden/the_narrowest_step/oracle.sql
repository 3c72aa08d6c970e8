select period_start, 'total' as slicing, 'all' as segment, leads, activated, customers, customers / leads as closing_rate, shape::double as funnel_shape_index
from (values (date '2026-01-01', 1000, 1000, 1000, 1), ('2026-02-01', 1000, 500, 50, 0.1)) t(period_start, leads, activated, customers, shape)
