select date '2026-03-01' as period_start, 'total' as slicing, 'all' as segment,
  2 as bought, 31 as bought_target, 2 / 31 as bought_attainment, 2 / 13 as bought_pacing, 'off_track' as bought_status, null::double as bought_projected,
  1 as bought_rate, 0.5 as bought_rate_target, 2 as bought_rate_attainment, 2 as bought_rate_pacing, 'on_track' as bought_rate_status, 1 as bought_rate_projected
