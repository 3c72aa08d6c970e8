select period_start, 'total' as slicing, 'all' as segment, visits_1m
from (values
  (date '2026-03-26', 15),
  ('2026-03-27', 14),
  ('2026-03-28', 14),
  ('2026-03-29', 14),
  ('2026-03-30', 30),
  ('2026-03-31', 28),
  ('2026-04-01', 24)) t(period_start, visits_1m)
