select kpi, 'fiscal_month' as grain, period_start, period_end, is_complete, false as is_break, 'all' as segment, 'total' as slicing,
  null as dimension, null as member, '{}' as slice, value, null as unit,
  null as target, null as target_to, null as attainment, null as pacing, case when value is null then 'no_data' else 'no_target' end as status, null as projected,
  previous, value - previous as change, (value - previous) / nullif(abs(previous), 0) as change_ratio
from (values
  ('sales', date '2025-10-26', date '2025-11-23', true, 6, 1), ('sales', '2025-11-23', '2025-12-28', false, 24, 6),
  ('month_before', '2025-10-26', '2025-11-23', true, 1, 0), ('month_before', '2025-11-23', '2025-12-28', true, 6, 1),
  ('year_before', '2025-10-26', '2025-11-23', true, 256, 7000), ('year_before', '2025-11-23', '2025-12-28', false, 96, 256),
  ('whole_year_before', '2025-10-26', '2025-11-23', true, 256, 7000), ('whole_year_before', '2025-11-23', '2025-12-28', true, 224, 256)) t(kpi, period_start, period_end, is_complete, value, previous)
