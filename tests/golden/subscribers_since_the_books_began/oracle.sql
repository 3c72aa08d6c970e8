select period_start, 'total' as slicing, 'all' as segment, opening, closing, before, average as average_subscribers
from (values
  (date '2026-01-01', null, null, null, null),
  ('2026-02-01', 1, 2, null, (28 + 19) / 28),
  ('2026-03-01', 2, 1, 2, (4 + 31) / 31)) t(period_start, opening, closing, before, average)
