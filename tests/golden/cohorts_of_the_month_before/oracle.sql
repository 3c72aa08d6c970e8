select date '2026-02-01' as period_start, 'total' as slicing, 'all' as segment, 1::double as d1, 0.5::double as d1_before, 30::double as spent, 5::double as growth
