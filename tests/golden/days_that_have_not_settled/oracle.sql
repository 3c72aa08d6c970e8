select period_start, 'total' as slicing, 'all' as segment, sent, settled_sent, settled_before, settled_mtd
from (values
  (date '2026-03-06', 1, 1, 0, 1),
  ('2026-03-07', 2, 2, 1, 3),
  ('2026-03-08', 4, null, null, null),
  ('2026-03-09', 8, null, null, null),
  ('2026-03-10', 16, null, null, null)) t(period_start, sent, settled_sent, settled_before, settled_mtd)
