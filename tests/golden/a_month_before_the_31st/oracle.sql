select period_start, 'total' as slicing, 'all' as segment, 0 as visits, month_before, month_before_that, two_months_before
from (values
  (date '2026-03-27', 1, 10, 10),
  ('2026-03-28', 2, 20, 20),
  ('2026-03-29', 2, 20, 30),
  ('2026-03-30', 2, 20, 40),
  ('2026-03-31', 2, 20, 50),
  ('2026-04-01', 4, 60, 60)) t(period_start, month_before, month_before_that, two_months_before)
