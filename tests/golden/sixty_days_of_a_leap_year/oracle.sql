select date '2028-01-01' as period_start, 'total' as slicing, 'all' as segment, 7 as visits, 56 as before, 120 as before_whole
