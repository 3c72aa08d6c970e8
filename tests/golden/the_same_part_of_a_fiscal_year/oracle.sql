select date '2025-10-01' as period_start, 'total' as slicing, 'all' as segment, 3 as sales, 12 as before, 28 as before_whole
