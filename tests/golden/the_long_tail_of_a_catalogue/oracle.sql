select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 2 as long_tail, 2 / 5 as long_tail_content_share
