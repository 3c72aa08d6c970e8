select date '2026-02-01' as period_start, 'total' as slicing, 'all' as segment, 1::double as conversion, (1 / 2)::double as before, (2 / 3)::double as all_before
