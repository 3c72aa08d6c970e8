select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 300 / 10000 as ctr, 100 / 1000 as content_conversion_rate
