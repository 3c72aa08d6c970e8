select period_start, 'country' as slicing, 'all' as segment, country, false as is_others, orders
from (values
  (date '2026-01-01', 'FR', 2),
  ('2026-02-01', 'FR', 1),
  ('2026-01-01', 'ES', 1),
  ('2026-02-01', 'ES', 1),
  ('2026-01-01', 'IT', 1),
  ('2026-02-01', 'IT', 1),
  ('2026-01-01', 'others', 1),
  ('2026-02-01', 'others', 1),
  ('2026-01-01', 'DE', 1),
  ('2026-02-01', 'DE', 0),
  ('2026-01-01', null, 1),
  ('2026-02-01', null, 0)
) t(period_start, country, orders)
