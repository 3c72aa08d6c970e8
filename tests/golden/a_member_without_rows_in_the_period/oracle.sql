select date '2026-03-01' as period_start, slicing, 'all' as segment, channel, revenue, largest, revenue_3m, largest_3m
from (values
  ('total', null, 30, 30, 60, 30),
  ('channel', 'television', 0, null, 10, 10),
  ('channel', 'web', 30, 30, 50, 30)) t(slicing, channel, revenue, largest, revenue_3m, largest_3m)
