select date '2026-02-01' as period_start, 'total' as slicing, 'all' as segment,
  1 as called, 1 as called_before, 2 as called_in_the_whole_month_before
