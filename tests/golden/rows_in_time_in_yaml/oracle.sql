select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 129600::double as days_between, 34 as value
