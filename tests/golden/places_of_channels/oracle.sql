select period_start, slicing, 'all' as segment, channel, place, place_before, place_before - place as gained, late_place, share_so_far
from (values
  (date '2026-01-01', 'total', null, null, null, null, null),
  ('2026-02-01', 'total', null, null, null, null, null),
  ('2026-01-01', 'channel', 'app', null, null, null, null),
  ('2026-02-01', 'channel', 'app', 3, null, 2, 120 / 120),
  ('2026-01-01', 'channel', 'phone', 4, 1, 2, 310 / 310),
  ('2026-02-01', 'channel', 'phone', 2, 4, 1, 110 / 120),
  ('2026-01-01', 'channel', 'shop', 1, null, 3, 200 / 310),
  ('2026-02-01', 'channel', 'shop', null, 1, null, null),
  ('2026-01-01', 'channel', 'web', 1, null, 1, 200 / 310),
  ('2026-02-01', 'channel', 'web', 1, 1, 2, 60 / 120),
  ('2026-01-01', 'channel', null, 3, null, null, 270 / 310),
  ('2026-02-01', 'channel', null, null, 3, null, null)
) t(period_start, slicing, channel, place, place_before, late_place, share_so_far)
