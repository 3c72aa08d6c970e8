select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 4 as once, 3 as twice, 1 as thrice
