select date '2026-02-01' as period_start, slicing, 'all' as segment, channel, web as inside, web as outside, share::double as web_share, before::double as web_share_before,
  30 as all_before, 30 as total_before
from (values
  ('total', null, 10, 30 / 70, 10 / 30),
  ('channel', 'mail', 0, 0, 0),
  ('channel', 'web', 10, 1, 1)) t(slicing, channel, web, share, before)
