select kpi, 'month' as grain, period_start, (period_start + interval 1 month)::date as period_end, is_complete, false as is_break, 'all' as segment, 'total' as slicing,
  null as dimension, null as member, '{}' as slice, value, unit
from (values
  ('visits', date '2026-02-01', true, 0, 'count'),
  ('visits', '2026-03-01', true, 3, 'count'),
  ('visited', '2026-02-01', true, 0, 'count'),
  ('visited', '2026-03-01', false, 1, 'count'),
  ('bought', '2026-02-01', true, 0, 'count'),
  ('bought', '2026-03-01', false, 1, 'count'),
  ('back_on_day_7', '2026-02-01', true, null, 'percent'),
  ('back_on_day_7', '2026-03-01', false, null, 'percent')) t(kpi, period_start, is_complete, value, unit)
