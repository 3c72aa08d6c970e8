select * from (values
  (date '2011-12-29', 'total', 'all', 2),
  (date '2011-12-30', 'total', 'all', 0),
  (date '2011-12-31', 'total', 'all', 2)
) t(period_start, slicing, segment, visits)
