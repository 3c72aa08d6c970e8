select period_start, slicing, 'all' as segment, product, capital::double as inventory_capital, turnover::double as inventory_turnover
from (values
  (date '2026-01-01', 'total', null, 200, 2),
  ('2026-02-01', 'total', null, null, null),
  ('2026-01-01', 'product', 'A', 120, 400 / 120),
  ('2026-02-01', 'product', 'A', null, null),
  ('2026-01-01', 'product', 'B', 80, 0),
  ('2026-02-01', 'product', 'B', null, null)) t(period_start, slicing, product, capital, turnover)
