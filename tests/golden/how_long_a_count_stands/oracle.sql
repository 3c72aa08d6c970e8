select period_start, 'total' as slicing, 'all' as segment, opening, closing, closing::double as average_on_hand
from (values
  (date '2026-03-10', null, 7),
  ('2026-03-11', 7, 7),
  ('2026-03-12', 7, 7),
  ('2026-03-13', 7, 7),
  ('2026-03-14', 7, null),
  ('2026-03-15', null, 9)) t(period_start, opening, closing)
