select period_start, 'total' as slicing, 'all' as segment, mtd, before as mtd_before, mtd / before - 1 as growth
from (values
  (date '2026-03-27', 4, 1),
  ('2026-03-28', 12, 3),
  ('2026-03-29', 12, 3),
  ('2026-03-30', 12, 3),
  ('2026-03-31', 28, 3),
  ('2026-04-01', 32, 4)) t(period_start, mtd, before)
