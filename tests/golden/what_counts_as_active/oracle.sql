select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 2 / 4 as active, 1 / 4 as on_a_phone
