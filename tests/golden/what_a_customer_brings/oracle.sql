select period_start, slicing, 'all' as segment, channel, customers, in_all, mean::double as mean, least, most, mean::double as middle, spread::double as spread
from (values
  (date '2026-01-01', 'total', null, 3, 180, 60, 30, 90, 30),
  ('2026-02-01', 'total', null, 1, 5, 5, 5, 5, null),
  ('2026-03-01', 'total', null, 0, 0, null, null, null, null),
  ('2026-01-01', 'channel', 'shop', 2, 110, 55, 20, 90, sqrt(2 * 35 * 35)),
  ('2026-02-01', 'channel', 'shop', 0, 0, null, null, null, null),
  ('2026-03-01', 'channel', 'shop', 0, 0, null, null, null, null),
  ('2026-01-01', 'channel', 'web', 2, 70, 35, 10, 60, sqrt(2 * 25 * 25)),
  ('2026-02-01', 'channel', 'web', 1, 5, 5, 5, 5, null),
  ('2026-03-01', 'channel', 'web', 0, 0, null, null, null, null)) t(period_start, slicing, channel, customers, in_all, mean, least, most, spread)
