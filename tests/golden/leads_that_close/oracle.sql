select period_start, 'total' as slicing, segment, leads, activated, customers, customers / nullif(leads, 0) as closing_rate
from (values
  (date '2026-01-01', 'all', 4, 2, 1),
  ('2026-02-01', 'all', 1, 1, 1),
  ('2026-01-01', 'germany', 2, 1, 1),
  ('2026-02-01', 'germany', 0, 0, 0)) t(period_start, segment, leads, activated, customers)
