select date '2026-01-01' as period_start, slicing, segment, channel, revenue, mean::double as mean, twice
from (values
  ('total', 'all', null, 620, 60, 1),
  ('channel', 'all', 'shop', 510, 10, 0),
  ('channel', 'all', 'web', 110, 55, 0),
  ('total', 'large', null, 600, 100, 0),
  ('channel', 'large', 'shop', 500, null, 0),
  ('channel', 'large', 'web', 100, 100, 0)) t(slicing, segment, channel, revenue, mean, twice)
