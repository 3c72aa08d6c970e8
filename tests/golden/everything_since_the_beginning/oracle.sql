select period_start, slicing, 'all' as segment, channel, orders as orders_ever, buyers as buyers_ever, orders / buyers as orders_per_buyer
from (values
  (date '2026-02-01', 'total', null, 3, 2),
  ('2026-03-01', 'total', null, 4, 2),
  ('2026-04-01', 'total', null, null, null),
  ('2026-02-01', 'channel', 'shop', 1, 1),
  ('2026-03-01', 'channel', 'shop', 2, 2),
  ('2026-04-01', 'channel', 'shop', null, null),
  ('2026-02-01', 'channel', 'web', 2, 2),
  ('2026-03-01', 'channel', 'web', 2, 2),
  ('2026-04-01', 'channel', 'web', null, null)) t(period_start, slicing, channel, orders, buyers)
