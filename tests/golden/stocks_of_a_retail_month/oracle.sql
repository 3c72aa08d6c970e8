select period_start, 'total' as slicing, 'all' as segment, opening, started, ended, closing, mean::double as mean, opening_before, stored, null::integer as stored_a_quarter_before
from (values
  (date '2023-01-29', 1, 1, 0, 2, 2, 1, 15),
  ('2023-02-26', 2, 2, 1, 3, 59 / 35, 2, 7),
  ('2023-04-02', 3, 0, 1, 2, 2, 3, 8)) t(period_start, opening, started, ended, closing, mean, opening_before, stored)
