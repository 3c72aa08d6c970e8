select period_start, 'total' as slicing, 'all' as segment,
  amount as faults, 0 as faults_target, null::double as faults_attainment, null::double as faults_pacing, faults_status, amount as faults_projected,
  amount as gains, 0 as gains_target, null::double as gains_attainment, null::double as gains_pacing, gains_status, amount as gains_projected,
  amount as watched, 0 as watched_target, null::double as watched_attainment, null::double as watched_pacing, watched_status, amount as watched_projected,
  amount as around, 0 as around_target, 2 as around_target_to, around_attainment, around_attainment as around_pacing, around_status, amount as around_projected
from (values
  (date '2026-01-01', 0, 'on_track', 'on_track', 'on_track', 1::double, 'on_track'),
  (date '2026-02-01', 3, 'off_track', 'on_track', 'on_track', 0.5, 'off_track'),
  (date '2026-03-01', -2, 'on_track', 'off_track', 'at_risk', null, 'off_track')
) as t(period_start, amount, faults_status, gains_status, watched_status, around_attainment, around_status)
order by period_start
