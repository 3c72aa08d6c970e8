select kpi, 'month' as grain, period_start, (period_start + interval 1 month)::date as period_end, is_complete, false as is_break, 'all' as segment, 'total' as slicing,
  null as dimension, null as member, '{}' as slice, value, unit,
  null as target, null as target_to, null as attainment, null as pacing, case when value is null then 'no_data' else 'no_target' end as status, null as projected,
  previous, value - previous as change, (value - previous) / nullif(abs(previous), 0) as change_ratio
from (values
  ('visits', date '2026-02-01', true, 0, 'count', 0),
  ('visits', '2026-03-01', true, 3, 'count', 0),
  ('visited', '2026-02-01', true, 0, 'count', 0),
  ('visited', '2026-03-01', false, 1, 'count', 0),
  ('bought', '2026-02-01', true, 0, 'count', 0),
  ('bought', '2026-03-01', false, 1, 'count', 0),
  ('back_on_day_7', '2026-02-01', true, null, 'percent', null),
  ('back_on_day_7', '2026-03-01', false, null, 'percent', null)) t(kpi, period_start, is_complete, value, unit, previous)
