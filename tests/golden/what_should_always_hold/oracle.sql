select period_start, slicing, 'all' as segment, channel, aov, cost_per_order, orders, revenue, spend,
  pays_back, enough, either, in_bounds, has_orders
from (values
  (date '2026-01-01', 'total', null, 60.0::double, 20.0::double, 3, 180.00, 60.00, 1, 1, 1, 0, 1),
  ('2026-02-01', 'total', null, 25.0, 25.0, 2, 50.00, 50.00, 0, 1, 0, 1, 1),
  ('2026-03-01', 'total', null, null, null, 0, 0.00, 40.00, null, 0, null, null, 1),
  ('2026-01-01', 'channel', 'shop', 80.0, 0.0, 1, 80.00, 0.00, 1, 1, 1, null, 1),
  ('2026-02-01', 'channel', 'shop', 30.0, 0.0, 1, 30.00, 0.00, 1, 0, 1, null, 1),
  ('2026-03-01', 'channel', 'shop', null, null, 0, 0.00, 0.00, null, 0, null, null, 1),
  ('2026-01-01', 'channel', 'web', 50.0, 30.0, 2, 100.00, 60.00, 1, 1, 0, 0, 1),
  ('2026-02-01', 'channel', 'web', 20.0, 50.0, 1, 20.00, 50.00, 0, 0, 0, 1, 1),
  ('2026-03-01', 'channel', 'web', null, null, 0, 0.00, 40.00, null, 0, null, null, 1)
) t(period_start, slicing, channel, aov, cost_per_order, orders, revenue, spend, pays_back, enough, either, in_bounds, has_orders)
