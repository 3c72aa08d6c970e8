select date '2026-04-04' as period_start, 'line' as slicing, 'all' as segment, 'a' as line, 1 as calls
