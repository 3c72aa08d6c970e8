select period_start, 'age' as slicing, 'all' as segment, age, rate::double as retention
from (values
  (date '2025-12-29', 0, 0),
  ('2026-01-05', 0, 1),
  ('2025-12-29', 1, 1),
  ('2026-01-05', 1, 1),
  ('2025-12-29', 2, 1),
  ('2026-01-05', 2, null)) t(period_start, age, rate)
