select date '2026-02-01' as period_start, 'total' as slicing, 'all' as segment, 6 as inside, 6 as outside, 6 as by_segment, 6 / 14 as share,
  2 as visitors_of_web, 3 as visitors_of_all, 8 as not_web
