select period_start, 'total' as slicing, 'all' as segment, sales_ever, mean::double as mean_ever, sales_2m, sales_ever as sales_ytd
from (values
  (date '2026-01-01', null, null, null),
  ('2026-02-01', 0, null, 0),
  ('2026-03-01', 1, 10, 1),
  ('2026-04-01', 3, 30, 3)) t(period_start, sales_ever, mean, sales_2m)
