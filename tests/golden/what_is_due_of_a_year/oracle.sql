select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 180 as revenue, 1464 as revenue_target,
  180 / 1464 as revenue_attainment, 180 / 120 as revenue_pacing, 'on_track' as revenue_status, 657.0 as revenue_projected
