select kpi, 'month' as grain, date '2026-03-01' as period_start, date '2026-04-01' as period_end, true as is_complete, false as is_break, 'all' as segment, 'total' as slicing,
  null as dimension, null as member, '{}' as slice, value::double as value, unit,
  null as target, null as target_to, null as attainment, null as pacing, case when value is null then 'no_data' else 'no_target' end as status, null as projected,
  previous, value - previous as change, (value - previous) / nullif(abs(previous), 0) as change_ratio
from (values ('visits', 3, 'count', 0), ('visited', 2, 'count', 0), ('bought', 1, 'count', 0), ('back_on_day_7', 0.5, 'percent', null)) t(kpi, value, unit, previous)
