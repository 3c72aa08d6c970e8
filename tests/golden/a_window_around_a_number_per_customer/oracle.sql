select date '2026-02-01' as period_start, 'total' as slicing, 'all' as segment, 0 as now, 2 as within, 2 as around, 5 / 3 as mean_within, 5 / 3 as mean_around,
  2 as ytd, 1 as ever, 4 as all_ever
