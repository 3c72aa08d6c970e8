select period_start, 'total' as slicing, 'all' as segment, rows_2d, minutes_2d, mean::double as mean_2d, mean::double as middle_2d, shortest_2d
from (values
  (date '2026-03-10', 2, 12, 6, 5),
  ('2026-03-11', 2, 7, 7, 7),
  ('2026-03-12', 1, 0, null, null),
  ('2026-03-13', 0, 0, null, null)) t(period_start, rows_2d, minutes_2d, mean, shortest_2d)
