select period_start, 'total' as slicing, 'all' as segment, visits, visits_28d, visits_28d_before
from (values
  (date '2026-02-01', 1, 1, 32),
  ('2026-03-01', 14, 12, 0),
  ('2026-04-01', null, null, null)) t(period_start, visits, visits_28d, visits_28d_before)
