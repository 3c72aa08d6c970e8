select kpi, 'fiscal_month' as grain, period_start, period_end, is_complete, false as is_break, 'all' as segment, 'total' as slicing,
  null as dimension, null as member, '{}' as slice, value, null as unit
from (values
  ('sales', date '2025-10-26', date '2025-11-23', true, 6), ('sales', '2025-11-23', '2025-12-28', false, 24),
  ('month_before', '2025-10-26', '2025-11-23', true, 1), ('month_before', '2025-11-23', '2025-12-28', true, 6),
  ('year_before', '2025-10-26', '2025-11-23', true, 256), ('year_before', '2025-11-23', '2025-12-28', false, 96),
  ('whole_year_before', '2025-10-26', '2025-11-23', true, 256), ('whole_year_before', '2025-11-23', '2025-12-28', true, 224)) t(kpi, period_start, period_end, is_complete, value)
