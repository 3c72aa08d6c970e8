select kpi, 'month' as grain, date '2026-03-01' as period_start, date '2026-04-01' as period_end, true as is_complete, false as is_break, 'all' as segment, 'total' as slicing,
  null as dimension, null as member, '{}' as slice, value::double as value, unit
from (values ('visits', 3, 'count'), ('visited', 2, 'count'), ('bought', 1, 'count'), ('back_on_day_7', 0.5, 'percent')) t(kpi, value, unit)
