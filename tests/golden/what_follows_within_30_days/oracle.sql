select kpi, 'month' as grain, period_start, (period_start + interval 1 month)::date as period_end, is_complete, false as is_break, 'all' as segment, 'total' as slicing,
  null as dimension, null as member, '{}' as slice, value::double as value, case kpi when 'contacts' then 'count' else 'ratio' end as unit
from (values
  ('contacts', date '2026-01-01', true, 2),
  ('contacts', '2026-02-01', true, 1),
  ('conversion', '2026-01-01', false, 1 / 2),
  ('conversion', '2026-02-01', false, 1),
  ('before', '2026-01-01', true, null),
  ('before', '2026-02-01', false, 1 / 2)) t(kpi, period_start, is_complete, value)
