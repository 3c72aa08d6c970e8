select period_start, 'total' as slicing, 'all' as segment, revenue, before, before_whole, year_before
from (values
  (date '2026-02-01', 56, 7, 7, 1024),
  ('2026-03-01', 64, 8, 56, 256),
  ('2026-04-01', null, null, 64, null)) t(period_start, revenue, before, before_whole, year_before)
