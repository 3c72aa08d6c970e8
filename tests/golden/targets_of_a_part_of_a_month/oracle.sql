select
  kpi, 'month' as grain, date '2026-03-01' as period_start, date '2026-04-01' as period_end, false as is_complete, false as is_break,
  'all' as segment, 'total' as slicing, null as dimension, null as member, '{}' as slice, value, 'EUR' as unit,
  target, null as target_to, attainment, pacing, status, projected, null as previous, null as change, null as change_ratio
from (values
  ('revenue', 100::double, 310, 100 / 310, 1::double, 'on_track', 310::double),
  ('per_order', 50, 60, 50 / 60, 50 / 60, 'off_track', 50)
) t(kpi, value, target, attainment, pacing, status, projected)
