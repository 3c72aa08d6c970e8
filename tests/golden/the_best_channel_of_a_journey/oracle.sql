select date '2026-01-01' as period_start, slicing, 'all' as segment, channel, is_others, bought, seen, rate
from (values
  ('total', null, null, 3, 4, 3 / 4),
  ('channel', 'shop', false, 2, 2, 1),
  ('channel', null, true, 2, 3, 2 / 3)
) t(slicing, channel, is_others, bought, seen, rate)
