select kpi, 'month' as grain, period_start, (period_start + interval 1 month)::date as period_end, is_complete, false as is_break, 'all' as segment, 'total' as slicing,
  null as dimension, null as member, '{}' as slice, value, null as unit
from (values
  ('sent', date '2026-03-01', true, 3),
  ('sent', '2026-04-01', false, 4),
  ('settled_sent', '2026-03-01', false, 1),
  ('settled_sent', '2026-04-01', false, null),
  ('sent_7d', '2026-03-01', true, 2),
  ('sent_7d', '2026-04-01', false, 0),
  ('before', '2026-03-01', true, 8),
  ('before', '2026-04-01', false, 0)) t(kpi, period_start, is_complete, value)
