select date '2026-02-01' as period_start, slicing, 'all' as segment, channel, revenue, before, share::double as share_before
from (values
  ('total', null, 30, 30, 1),
  ('channel', 'television', 0, 10, 10 / 30),
  ('channel', 'web', 30, 20, 20 / 30)) t(slicing, channel, revenue, before, share)
