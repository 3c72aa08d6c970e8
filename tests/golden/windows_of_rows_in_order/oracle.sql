select period_start, 'total' as slicing, 'all' as segment, visitors, before, visitors_2m, pages_28d, pages_ytd, visitors_ever
from (values
  (date '2026-02-01', 2, 1, 2, 6, 7, 2),
  ('2026-03-01', 2, 2, 3, 48, 63, 3),
  ('2026-04-01', 1, 1, 3, 0, 127, 4)) t(period_start, visitors, before, visitors_2m, pages_28d, pages_ytd, visitors_ever)
