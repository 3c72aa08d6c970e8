select period_start, 'total' as slicing, 'all' as segment, sales, of_the_month, year_before
from (values
  (date '2023-12-24', 3, 503, 0), ('2023-12-31', 4, 4, 0), ('2024-01-07', 0, 4, 0), ('2024-01-14', 0, 4, 0), ('2024-01-21', 0, 4, 0),
  ('2024-01-28', 24, 28, 256), ('2024-02-04', 32, 32, 192)) t(period_start, sales, of_the_month, year_before)
