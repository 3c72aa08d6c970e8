select period_start, slicing, 'all' as segment, value, opening, closing, usual
from (values
  (date '2026-01-01', 'total', null, 1, 3, 1 + 49 / 31.0),
  ('2026-02-01', 'total', null, 3, 2, 2 + 9 / 28.0),
  ('2026-01-01', 'value', 'big', 1, 1, 1),
  ('2026-02-01', 'value', 'big', 1, 0, 9 / 28.0),
  ('2026-01-01', 'value', 'small', 0, 2, 49 / 31.0),
  ('2026-02-01', 'value', 'small', 2, 2, 2)
) t(period_start, slicing, value, opening, closing, usual)
