select period_start, slicing, 'all' as segment, channel, linked, of_two_months, before, in_the_web, linked_of_some
from (values
  (date '2026-01-01', 'total', null, 0.375, 0.375, null, 1, sqrt(3) / 2),
  ('2026-02-01', 'total', null, sqrt(0.25), 31 / sqrt(12400), 0.375, null, null),
  ('2026-03-01', 'total', null, null, 3.8 / sqrt(53.07), sqrt(0.25), null, null),
  ('2026-01-01', 'channel', 'shop', -0.5, -0.5, null, null, null),
  ('2026-02-01', 'channel', 'shop', null, -1 / 11.0, -0.5, null, null),
  ('2026-03-01', 'channel', 'shop', null, null, null, null, null),
  ('2026-01-01', 'channel', 'web', 1, 1, null, 1, sqrt(3) / 2),
  ('2026-02-01', 'channel', 'web', null, 3.4 / sqrt(25.76), 1, null, null),
  ('2026-03-01', 'channel', 'web', null, 4.48 / sqrt(37.6464), null, null, null)
) t(period_start, slicing, channel, linked, of_two_months, before, in_the_web, linked_of_some)
