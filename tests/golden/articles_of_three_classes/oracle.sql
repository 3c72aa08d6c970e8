select period_start, slicing, 'all' as segment, class, channel, revenue, revenue_of_a, first_place
from (values
  (date '2026-01-01', 'total', null, null, 600, 80, 80),
  ('2026-02-01', 'total', null, null, 10, 0, 9),
  ('2026-01-01', 'class', 'A', null, 80, 80, 80),
  ('2026-02-01', 'class', 'A', null, 0, 0, 0),
  ('2026-01-01', 'class', 'B', null, 10, 0, 10),
  ('2026-02-01', 'class', 'B', null, 9, 0, 9),
  ('2026-01-01', 'class', 'C', null, 10, 0, 6),
  ('2026-02-01', 'class', 'C', null, 1, 0, 1),
  ('2026-01-01', 'class', null, null, 500, 0, 0),
  ('2026-02-01', 'class', null, null, 0, 0, 0),
  ('2026-01-01', 'channel', null, 'shop', 80, 70, 70),
  ('2026-02-01', 'channel', null, 'shop', 10, 0, 9),
  ('2026-01-01', 'channel', null, 'web', 520, 10, 10),
  ('2026-02-01', 'channel', null, 'web', 0, 0, 0)
) t(period_start, slicing, class, channel, revenue, revenue_of_a, first_place)
