select period_start, 'country' as slicing, 'all' as segment, country, is_others, orders
from (values
  (date '2026-01-01', 'FR', false, 2),
  ('2026-02-01', 'FR', false, 1),
  ('2026-01-01', 'ES', false, 1),
  ('2026-02-01', 'ES', false, 1),
  ('2026-01-01', 'IT', false, 1),
  ('2026-02-01', 'IT', false, 1),
  ('2026-01-01', 'others', false, 1),
  ('2026-02-01', 'others', false, 1),
  ('2026-01-01', null, true, 2),
  ('2026-02-01', null, true, 0)
) t(period_start, country, is_others, orders)
