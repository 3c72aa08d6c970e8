select period_start, slicing, 'all' as segment, channel, mtd, ever
from (values
  (date '2026-01-30', 'total', null, 1, 1),
  ('2026-01-31', 'total', null, 2, 2),
  ('2026-02-01', 'total', null, 1, 2),
  ('2026-02-02', 'total', null, 3, 3),
  ('2026-01-30', 'channel', 'mail', 0, 0),
  ('2026-01-31', 'channel', 'mail', 0, 0),
  ('2026-02-01', 'channel', 'mail', 1, 1),
  ('2026-02-02', 'channel', 'mail', 1, 1),
  ('2026-01-30', 'channel', 'web', 1, 1),
  ('2026-01-31', 'channel', 'web', 2, 2),
  ('2026-02-01', 'channel', 'web', 0, 2),
  ('2026-02-02', 'channel', 'web', 1, 2),
  ('2026-01-30', 'channel', null, 0, 0),
  ('2026-01-31', 'channel', null, 0, 0),
  ('2026-02-01', 'channel', null, 0, 0),
  ('2026-02-02', 'channel', null, 1, 1)) t(period_start, slicing, channel, mtd, ever)
