select date '2026-03-01' as period_start, 'total' as slicing, 'all' as segment, 2 as now, 2 as before, 0 as visits_7d, 6 as ytd
