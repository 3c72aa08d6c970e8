select date '2026-03-01' as period_start, 'total' as slicing, 'all' as segment, 3 as visits, 2 as after_a_day, 1 as after_24_hours
