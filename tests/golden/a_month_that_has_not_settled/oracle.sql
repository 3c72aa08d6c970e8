select date '2026-03-01' as period_start, 'total' as slicing, 'all' as segment, 28 as sent, 3 as before, 4 as settled_sent, 1 as settled_before
