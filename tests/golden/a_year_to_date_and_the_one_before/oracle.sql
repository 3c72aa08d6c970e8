select period_start, 'total' as slicing, 'all' as segment, revenue, ytd as revenue_ytd, before as revenue_ytd_before, growth::double as growth
from (values (date '2026-01-01', 16, 16, 2, 7), ('2026-02-01', 0, 16, 2, 7), ('2026-03-01', 20, 36, 6, 5)) t(period_start, revenue, ytd, before, growth)
