select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment,
  60 as amount, 60 as not_new, 60 as "all", 60 as neither, 0 as some
