select * from (values
  (date '2018-11-03', 'total', 'all', 2),
  (date '2018-11-04', 'total', 'all', 2),
  (date '2018-11-05', 'total', 'all', 1)
) t(period_start, slicing, segment, visits)
