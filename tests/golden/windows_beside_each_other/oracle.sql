select period_start, 'total' as slicing, 'all' as segment, pages, d7, d28, wtd, mtd, ytd, ever, day_before, month_before, d7_month_before
from (values
  (date '2026-03-08', 64, 96, 120, 96, 96, 124, 126, 0, 4, 4),
  ('2026-03-09', 128, 224, 240, 128, 224, 252, 254, 64, 8, 12))
  t(period_start, pages, d7, d28, wtd, mtd, ytd, ever, day_before, month_before, d7_month_before)
