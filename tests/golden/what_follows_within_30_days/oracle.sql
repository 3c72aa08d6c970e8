select kpi, 'month' as grain, period_start, (period_start + interval 1 month)::date as period_end, is_complete, false as is_break, 'all' as segment, 'total' as slicing,
  null as dimension, null as member, '{}' as slice, value::double as value, case kpi when 'contacts' then 'count' else 'ratio' end as unit,
  null as target, null as target_to, null as attainment, null as pacing, case when value is null then 'no_data' else 'no_target' end as status, null as projected,
  previous::double as previous, value - previous as change, (value - previous) / nullif(abs(previous), 0) as change_ratio
from (values
  ('contacts', date '2026-01-01', true, 2, 0),
  ('contacts', '2026-02-01', true, 1, 2),
  ('conversion', '2026-01-01', false, 1 / 2, null),
  ('conversion', '2026-02-01', false, 1, 1 / 2),
  ('before', '2026-01-01', true, null, null),
  ('before', '2026-02-01', false, 1 / 2, null)) t(kpi, period_start, is_complete, value, previous)
