select date '2026-03-01' as period_start, slicing, 'all' as segment, channel, share::double as share, share_3m::double as share_3m,
  share_3m::double as share_of_sums, share_3m::double as share_in_window
from (values
  ('total', null, 1, 1),
  ('channel', 'television', 0, 0.25),
  ('channel', 'web', 1, 0.75)) t(slicing, channel, share, share_3m)
