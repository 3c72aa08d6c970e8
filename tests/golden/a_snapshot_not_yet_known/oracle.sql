select period_start, 'total' as slicing, 'all' as segment, closing, opening, before, average::double as average_on_hand
from (values
  (date '2026-02-01', 4, 2, 2, 3.5),
  ('2026-03-01', 5, 4, 3, 5),
  ('2026-04-01', null, null, null, null)) t(period_start, closing, opening, before, average)
