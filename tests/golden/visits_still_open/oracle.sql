select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 3 as visited, 1 as filled, 1 / 3 as rate
