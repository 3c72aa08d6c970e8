select period_start, slicing, 'all' as segment, channel, late_rate::double as late_rate, change::double as change, late_on_the_web::double as late_on_the_web, two::double as late_in_two_months
from (values
  (date '2025-11-01', 'total', null, 1/2, 1/2, 0, 1/2), ('2025-12-01', 'total', null, 1/2, 0, 1/2, 1/2),
  ('2026-01-01', 'total', null, null, null, null, null), ('2026-02-01', 'total', null, 1/2, null, 1, 2/3),
  ('2026-03-01', 'total', null, 2/3, 1/6, 1/2, 3/5), ('2026-04-01', 'total', null, 0, -2/3, 0, 2/3),
  ('2025-11-01', 'channel', 'shop', 1, 1, 0, 1), ('2025-12-01', 'channel', 'shop', 0, -1, 0, 1),
  ('2026-01-01', 'channel', 'shop', null, null, null, null), ('2026-02-01', 'channel', 'shop', 0, null, 0, 0),
  ('2026-03-01', 'channel', 'shop', 1, 1, 0, 1), ('2026-04-01', 'channel', 'shop', 0, -1, 0, 1),
  ('2025-11-01', 'channel', 'web', 0, 0, 0, 0), ('2025-12-01', 'channel', 'web', 1/2, 1/2, 1/2, 1/3),
  ('2026-01-01', 'channel', 'web', null, null, null, null), ('2026-02-01', 'channel', 'web', 1, null, 1, 1),
  ('2026-03-01', 'channel', 'web', 1/2, -1/2, 1/2, 1/3), ('2026-04-01', 'channel', 'web', 0, -1/2, 0, 1/2)
) t(period_start, slicing, channel, late_rate, change, late_on_the_web, two)
