select period_start, 'age' as slicing, 'all' as segment, age, back::double as back, worth::double as worth, before::double as back_before
from (values
  (date '2023-01-01', 0, 0, 0, 0), ('2023-01-29', 0, 1, 4.5, 0), ('2023-02-26', 0, 1, 16, 1),
  ('2023-01-01', 1, 1, 10, 1), ('2023-01-29', 1, 0.5, 5.5, 1), ('2023-02-26', 1, null, null, 0.5),
  ('2023-01-01', 2, 1, 30, 0), ('2023-01-29', 2, null, null, 1), ('2023-02-26', 2, null, null, null)) t(period_start, age, back, worth, before)
