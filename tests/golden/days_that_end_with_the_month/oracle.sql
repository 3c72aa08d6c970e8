select period_start, 'total' as slicing, 'all' as segment, visits, window_28 as visits_28d, before as visits_28d_before, window_28 as visits_4w
from (values
  (date '2026-01-01', 7, 6, 512),
  ('2026-02-01', 24, 24, 6),
  ('2026-03-01', 224, 192, 24)) t(period_start, visits, window_28, before)
