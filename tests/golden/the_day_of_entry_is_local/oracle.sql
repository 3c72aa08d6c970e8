select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 2 / 3 as active_rate_d7, 1 / 3 as active_rate_d6
