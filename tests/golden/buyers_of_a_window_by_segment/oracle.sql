select period_start, 'total' as slicing, segment, buyers_7d
from (values
  (date '2026-03-08', 'large', 2),
  ('2026-03-09', 'large', 2),
  ('2026-03-08', 'web', 2),
  ('2026-03-09', 'web', 1),
  ('2026-03-08', 'all', 3),
  ('2026-03-09', 'all', 2)) t(period_start, segment, buyers_7d)
