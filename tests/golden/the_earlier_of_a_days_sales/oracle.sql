select date '2026-02-01' as period_start, 'total' as slicing, 'all' as segment, 1 as visits, 2 as next_sale, 4 as last_sale
