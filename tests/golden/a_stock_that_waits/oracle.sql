select date '2026-03-01' as period_start, 'total' as slicing, 'all' as segment, 13 as closing, 3 as settled_closing, 3::double as settled_average
