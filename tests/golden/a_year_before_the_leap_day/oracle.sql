select period_start, 'total' as slicing, 'all' as segment, visits, year_before, four_years_before
from (values
  (date '2028-02-28', 11, 5, 1),
  ('2028-02-29', 12, 5, 2),
  ('2028-03-01', 13, 7, 3)) t(period_start, visits, year_before, four_years_before)
