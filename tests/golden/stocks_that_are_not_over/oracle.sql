select kpi, 'month' as grain, period_start, (period_start + interval 1 month)::date as period_end, is_complete, false as is_break, 'all' as segment, 'total' as slicing,
  null as dimension, null as member, '{}' as slice, value::double as value, 'count' as unit,
  null as target, null as target_to, null as attainment, null as pacing, case when value is null then 'no_data' else 'no_target' end as status, null as projected,
  previous::double as previous, (value - previous)::double as change, (value - previous) / nullif(abs(previous), 0) as change_ratio
from (values
  ('opening', date '2026-02-01', true, 1, 1),
  ('opening', '2026-03-01', true, 1, 1),
  ('closing', '2026-02-01', true, 1, 1),
  ('closing', '2026-03-01', false, 2, 1),
  ('mean', '2026-02-01', true, 1, 1),
  ('mean', '2026-03-01', false, 1.6, 1),
  ('waiting', '2026-02-01', true, 1, 1),
  ('waiting', '2026-03-01', false, 2, 1)) t(kpi, period_start, is_complete, value, previous)
