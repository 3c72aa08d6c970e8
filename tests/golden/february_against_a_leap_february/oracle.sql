select date '2025-02-01' as period_start, 'total' as slicing, 'all' as segment, 8 as visits, 3 as year_before, 3 as four_quarters_before, 3 as twelve_months_before
