select period_start, 'total' as slicing, 'all' as segment, visits, day_before, visits_2d, wtd, opening, closing
from (values
  (date '2018-11-03', 1, 0, 1, 1, 0, 1),
  ('2018-11-04', 2, 1, 3, 3, 1, 3),
  ('2018-11-05', 1, 2, 3, 1, 3, 4)) t(period_start, visits, day_before, visits_2d, wtd, opening, closing)
