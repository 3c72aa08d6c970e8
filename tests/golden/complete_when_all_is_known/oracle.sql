select kpi, 'month' as grain, period_start, (period_start + interval 1 month)::date as period_end, is_complete, false as is_break, 'all' as segment, 'total' as slicing,
  null as dimension, null as member, '{}' as slice, value, null as unit,
  null as target, null as target_to, null as attainment, null as pacing, case when value is null then 'no_data' else 'no_target' end as status, null as projected,
  previous, value - previous as change, (value - previous) / nullif(abs(previous), 0) as change_ratio
from (values
  ('sent', date '2026-03-01', true, 3, 8),
  ('sent', '2026-04-01', false, 4, 0),
  ('settled_sent', '2026-03-01', false, 1, 8),
  ('settled_sent', '2026-04-01', false, null, null),
  ('sent_7d', '2026-03-01', true, 2, 8),
  ('sent_7d', '2026-04-01', false, 0, 0),
  ('before', '2026-03-01', true, 8, 0),
  ('before', '2026-04-01', false, 0, 0)) t(kpi, period_start, is_complete, value, previous)
