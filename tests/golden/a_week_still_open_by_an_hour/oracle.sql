select date '2026-03-01' as period_start, 'total' as slicing, 'all' as segment, 2 as visited_by_days, 1 as carts_by_days, 1 as visited_by_hours, 0 as carts_by_hours
