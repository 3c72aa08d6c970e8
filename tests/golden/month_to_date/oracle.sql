select period_start, 'total' as slicing, 'all' as segment, mtd, ytd, wtd, visitors_mtd, visitors_ytd
from (values
  (date '2026-01-30', 6, 6, 4, 2, 2),
  ('2026-01-31', 6, 6, 4, 2, 2),
  ('2026-02-01', 8, 14, 12, 1, 2),
  ('2026-02-02', 24, 30, 16, 2, 3)) t(period_start, mtd, ytd, wtd, visitors_mtd, visitors_ytd)
