select period_start, slicing, 'all' as segment, best, revenue, buyers, order_value
from (values
  (date '2026-01-01', 'total', null, 147, 4, 147 / 7),
  ('2026-02-01', 'total', null, 20, 2, 20 / 3),
  ('2026-01-01', 'best', 'leading', 90, 2, 90 / 3),
  ('2026-02-01', 'best', 'leading', 20, 2, 20 / 3),
  ('2026-01-01', 'best', 'others', 50, 2, 50 / 3),
  ('2026-02-01', 'best', 'others', 0, 0, null),
  ('2026-01-01', 'best', null, 7, 1, 7),
  ('2026-02-01', 'best', null, 0, 0, null)
) t(period_start, slicing, best, revenue, buyers, order_value)
