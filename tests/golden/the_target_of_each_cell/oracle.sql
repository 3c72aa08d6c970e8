select period_start, slicing, 'all' as segment, channel,
  revenue, revenue_target, revenue / revenue_target as revenue_attainment, revenue / revenue_due as revenue_pacing, revenue_status, revenue_projected,
  margin, margin_target, margin / margin_target as margin_attainment, margin / margin_target as margin_pacing, margin_status, margin as margin_projected
from (values
  (date '2026-01-01', 'total', null, 55000::double, 50000, 50000::double, 'on_track', 55000::double, 15000 / 55000, 0.2::double, 'on_track'),
  (date '2026-02-01', 'total', null, 40000, 50000, 50000, 'off_track', 40000, 1000 / 40000, 0.2, 'off_track'),
  (date '2026-03-01', 'total', null, 21500, 50000, 50000 * 9 / 31, 'on_track', 21500 * 31 / 9, 19600 / 21500, 0.2, 'on_track'),
  (date '2026-01-01', 'channel', 'shop', 25000, null, null, 'no_target', 25000, 5000 / 25000, 0.2, 'on_track'),
  (date '2026-02-01', 'channel', 'shop', 0, null, null, 'no_target', 0, null, 0.2, 'no_data'),
  (date '2026-03-01', 'channel', 'shop', 1000, null, null, 'no_target', 1000 * 31 / 9, 100 / 1000, 0.2, 'off_track'),
  (date '2026-01-01', 'channel', 'web', 30000, 35000, 35000, 'at_risk', 30000, 10000 / 30000, 0.3, 'on_track'),
  (date '2026-02-01', 'channel', 'web', 40000, 35000, 35000, 'on_track', 40000, 1000 / 40000, 0.3, 'off_track'),
  (date '2026-03-01', 'channel', 'web', 20000, 35000, 35000 * 9 / 31, 'on_track', 20000 * 31 / 9, 19000 / 20000, 0.3, 'on_track'),
  (date '2026-01-01', 'channel', null, 0, null, null, 'no_target', 0, null, 0.2, 'no_data'),
  (date '2026-02-01', 'channel', null, 0, null, null, 'no_target', 0, null, 0.2, 'no_data'),
  (date '2026-03-01', 'channel', null, 500, null, null, 'no_target', 500 * 31 / 9, 500 / 500, 0.2, 'on_track')
) as t(period_start, slicing, channel, revenue, revenue_target, revenue_due, revenue_status, revenue_projected, margin, margin_target, margin_status)
order by slicing = 'channel', channel nulls last, period_start
