select * from (values
  (date '2026-01-01', 'total', 'all', 1),
  (date '2026-02-01', 'total', 'all', 2)
) t(period_start, slicing, segment, visits)
