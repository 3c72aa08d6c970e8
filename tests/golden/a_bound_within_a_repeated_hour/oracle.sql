select date '2026-04-05' as period_start, 'line' as slicing, 'all' as segment, 'a' as line, 2 as calls
