select
  'late_orders' as kpi, 'month' as grain, period_start, (period_start + interval 1 month)::date as period_end, true as is_complete, is_break,
  'all' as segment, 'total' as slicing, null as dimension, null as member, '{}' as slice, value, 'count' as unit,
  1 as target, null as target_to, attainment::double as attainment, attainment::double as pacing, status, value as projected,
  previous, value - previous as change, (value - previous) / previous as change_ratio
from (values
  (date '2025-12-01', false, 1, 1, 'on_track', 1), ('2026-01-01', true, 2, 0, 'off_track', 1), ('2026-02-01', false, 1, 1, 'on_track', 2)
) t(period_start, is_break, value, attainment, status, previous)
