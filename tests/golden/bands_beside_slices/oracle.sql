select period_start, slicing, 'all' as segment, value, channel, revenue, buyers, middle, visits, big_revenue, before
from (values
  (date '2026-01-01', 'total', null, null, 730, 4, 55, 2, 110, 0),
  ('2026-02-01', 'total', null, null, 120, 2, 60, 3, 100, 110),
  ('2026-01-01', 'value', 'big', null, 110, 1, 55, 1, 110, 0),
  ('2026-02-01', 'value', 'big', null, 100, 1, 100, 1, 100, 110),
  ('2026-01-01', 'value', 'mid', null, 110, 2, 55, 0, 0, 0),
  ('2026-02-01', 'value', 'mid', null, 0, 0, null, 0, 0, 0),
  ('2026-01-01', 'value', 'small', null, 10, 1, 10, 1, 0, 0),
  ('2026-02-01', 'value', 'small', null, 20, 1, 20, 1, 0, 0),
  ('2026-01-01', 'value', null, null, 500, 0, 500, 0, 0, 0),
  ('2026-02-01', 'value', null, null, 0, 0, null, 1, 0, 0),
  ('2026-01-01', 'channel', null, 'shop', 100, 2, 50, 0, 50, 0),
  ('2026-02-01', 'channel', null, 'shop', 100, 1, 100, 1, 100, 50),
  ('2026-01-01', 'channel', null, 'web', 630, 3, 60, 2, 60, 0),
  ('2026-02-01', 'channel', null, 'web', 20, 1, 20, 2, 0, 60)
) t(period_start, slicing, value, channel, revenue, buyers, middle, visits, big_revenue, before)
