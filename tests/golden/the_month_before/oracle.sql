select period_start, 'total' as slicing, 'all' as segment, revenue, revenue_before, change, growth::double as growth
from (values
  (date '2026-01-01', 100, 100, 0, 0),
  ('2026-02-01', 0, 100, -100, -1),
  ('2026-03-01', 30, 0, 30, null)) t(period_start, revenue, revenue_before, change, growth)
