select period_start, slicing, 'all' as segment, country, people as addressable_users, users / nullif(people, 0) as adoption_rate, people as addressable_at_start
from (values
  (date '2026-01-01', 'total', null, 3, 170),
  ('2026-02-01', 'total', null, 3, 170),
  ('2026-01-01', 'country', 'DE', 1, 50),
  ('2026-02-01', 'country', 'DE', 2, 50),
  ('2026-01-01', 'country', 'ES', 0, 20),
  ('2026-02-01', 'country', 'ES', 0, 20),
  ('2026-01-01', 'country', 'FR', 2, 100),
  ('2026-02-01', 'country', 'FR', 0, 100),
  ('2026-01-01', 'country', 'IT', 0, 0),
  ('2026-02-01', 'country', 'IT', 1, 0)) t(period_start, slicing, country, users, people)
