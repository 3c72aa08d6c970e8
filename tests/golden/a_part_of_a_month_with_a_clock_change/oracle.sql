select date '2026-03-01' as period_start, 'total' as slicing, 'all' as segment, 2 as visits, 2 as two_months_before
