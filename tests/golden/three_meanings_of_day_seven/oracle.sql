select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 1 / 6 as on_day_7, 2 / 6 as within_7_days, 3 / 6 as from_day_7_on
