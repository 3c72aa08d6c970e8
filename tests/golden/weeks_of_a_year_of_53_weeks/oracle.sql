select period_start, 'total' as slicing, 'all' as segment, visits, week_before, year_before, year_before as weeks_before
from (values
  (date '2020-12-21', 100, 0, 1),
  ('2020-12-28', 600, 100, 6),
  ('2021-01-04', 800, 600, 24),
  ('2021-01-11', 0, 800, 32)) t(period_start, visits, week_before, year_before)
