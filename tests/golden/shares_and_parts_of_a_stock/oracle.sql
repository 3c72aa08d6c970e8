select period_start, slicing, 'all' as segment, plan, fees as fees_at_end, fees / whole as share, pro as fees_of_pro, pro / fees as share_of_pro
from (values
  (date '2026-01-01', 'total', null, 70, 70, 40),
  ('2026-02-01', 'total', null, 50, 50, 40),
  ('2026-01-01', 'plan', 'basic', 30, 70, 0),
  ('2026-02-01', 'plan', 'basic', 10, 50, 0),
  ('2026-01-01', 'plan', 'pro', 40, 70, 40),
  ('2026-02-01', 'plan', 'pro', 40, 50, 40)) t(period_start, slicing, plan, fees, whole, pro)
