select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 2 / 4 as bought_in_a_month, 5 / 4 as spent_in_a_month
