select period_start, 'total' as slicing, 'all' as segment,
  points, 100 as points_target, points / 100 as points_attainment, points / 100 as points_pacing, points_status, points as points_projected,
  level, 2 as level_target, 4 as level_target_to, level_attainment, level_attainment as level_pacing, level_status, level as level_projected,
  slow, 10 as slow_target, 2 - slow / 10 as slow_attainment, 2 - slow / 10 as slow_pacing, slow_status, slow as slow_projected,
  balance, -80 as balance_target, 1 + (balance + 80) / 80 as balance_attainment, 1 + (balance + 80) / 80 as balance_pacing, balance_status, balance as balance_projected
from (values
  (date '2026-01-01', 95::double, 'on_track', 2::double, 1::double, 'on_track', 10::double, 'on_track', 95::double, 'on_track'),
  (date '2026-01-02', 85, 'at_risk', 4, 1, 'on_track', 11, 'on_track', 85, 'on_track'),
  (date '2026-01-03', 84, 'off_track', 1, 0.5, 'at_risk', 12, 'at_risk', 83, 'on_track'),
  (date '2026-01-04', 10, 'off_track', 6, 0.5, 'at_risk', 9, 'on_track', -80, 'off_track'),
  (date '2026-01-05', 0, 'off_track', 3, 1, 'on_track', 20, 'off_track', 0, 'on_track'),
  (date '2026-01-06', 0, 'off_track', null, null, 'no_data', null, 'no_data', 0, 'on_track')
) as t(period_start, points, points_status, level, level_attainment, level_status, slow, slow_status, balance, balance_status)
order by period_start
