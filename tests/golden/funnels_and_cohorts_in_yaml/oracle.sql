select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 1 / 2 as conversion, 1 / 2 as bought_on_day_7, 1 as repeat_buyers
