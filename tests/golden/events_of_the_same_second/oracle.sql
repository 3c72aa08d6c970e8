select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 4 as visited, 3 as filled, 1 as bought
