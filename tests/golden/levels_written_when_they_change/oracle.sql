select period_start, slicing, 'all' as segment, sku, opening, closing
from (values
  (date '2026-01-01', 'total', null, 4, 11),
  ('2026-02-01', 'total', null, 11, 11),
  ('2026-03-01', 'total', null, 11, 5),
  ('2026-01-01', 'sku', 'A', 4, 5),
  ('2026-02-01', 'sku', 'A', 5, 5),
  ('2026-03-01', 'sku', 'A', 5, 5),
  ('2026-01-01', 'sku', 'B', 0, 6),
  ('2026-02-01', 'sku', 'B', 6, 6),
  ('2026-03-01', 'sku', 'B', 6, 0)) t(period_start, slicing, sku, opening, closing)
