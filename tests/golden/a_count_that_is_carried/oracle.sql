select period_start, 'total' as slicing, 'all' as segment, end_30, end_40, end_0, average_30::double as average_30, average_40::double as average_40, average_0::double as average_0
from (values
  (date '2026-01-01', 12, 12, 12, 12, 12, 12),
  ('2026-02-01', 10, 10, 10, 332 / 28, 332 / 28, 10),
  ('2026-03-01', null, 10, null, 10, 10, null),
  ('2026-04-01', null, null, null, null, 10, null)) t(period_start, end_30, end_40, end_0, average_30, average_40, average_0)
