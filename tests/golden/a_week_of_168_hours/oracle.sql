select date '2026-03-01' as period_start, 'total' as slicing, 'all' as segment, 3 as visited, 1 as in_seven_days, 2 as in_168_hours
