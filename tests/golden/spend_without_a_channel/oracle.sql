select period_start, slicing, 'all' as segment, channel, marketing_sales_cost, new_customers, cac::double as cac
from (values
  (date '2026-01-01', 'total', null, 200, 4, 50),
  ('2026-02-01', 'total', null, 40, 1, 40),
  ('2026-01-01', 'channel', 'ads', 120, 2, 60),
  ('2026-02-01', 'channel', 'ads', 0, 1, 0),
  ('2026-01-01', 'channel', 'mail', 30, 1, 30),
  ('2026-02-01', 'channel', 'mail', 0, 0, null),
  ('2026-01-01', 'channel', null, 50, 1, 50),
  ('2026-02-01', 'channel', null, 40, 0, null)) t(period_start, slicing, channel, marketing_sales_cost, new_customers, cac)
