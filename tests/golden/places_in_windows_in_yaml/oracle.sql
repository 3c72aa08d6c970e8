select period_start, 'channel' as slicing, 'all' as segment, channel, place, card_place, share_so_far
from (values
  (date '2026-01-01', 'shop', 1, 2, 20 / 30),
  ('2026-02-01', 'shop', 2, 2, 45 / 45),
  ('2026-03-01', 'shop', 2, 2, 45 / 45),
  ('2026-01-01', 'web', 2, 1, 30 / 30),
  ('2026-02-01', 'web', 1, 1, 25 / 45),
  ('2026-03-01', 'web', 1, 1, 25 / 45)
) t(period_start, channel, place, card_place, share_so_far)
