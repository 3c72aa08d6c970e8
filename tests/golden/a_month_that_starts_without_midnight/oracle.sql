select * from (values
  (date '2023-09-01', 'total', 'all', 1),
  (date '2023-10-01', 'total', 'all', 2)
) t(period_start, slicing, segment, visits)
