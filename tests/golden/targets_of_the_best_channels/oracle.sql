select period_start, 'channel' as slicing, 'all' as segment, channel, is_others,
  revenue, revenue_target, revenue / revenue_target as revenue_attainment, revenue / revenue_target as revenue_pacing, revenue_status, revenue as revenue_projected,
  margin, margin_target, margin / margin_target as margin_attainment, margin / margin_target as margin_pacing, margin_status, margin as margin_projected
from (values
  (date '2026-01-01', 'web', false, 30000::double, 35000, 'at_risk', 10000 / 30000, 0.3::double, 'on_track'),
  (date '2026-02-01', 'web', false, 40000, 35000, 'on_track', 1000 / 40000, 0.3, 'off_track'),
  (date '2026-01-01', null, true, 25000, null, 'no_target', 5000 / 25000, 0.2, 'on_track'),
  (date '2026-02-01', null, true, 0, null, 'no_target', null, 0.2, 'no_data')
) as t(period_start, channel, is_others, revenue, revenue_target, revenue_status, margin, margin_target, margin_status)
order by is_others, period_start
