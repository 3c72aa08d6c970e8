select period_start, slicing, 'all' as segment, sku, opening, closing, average::double as average_on_hand, articles as articles_in_stock
from (values
  (date '2026-01-01', 'total', null, null, 8, 11.5, 1),
  ('2026-02-01', 'total', null, 8, 10, 10, 2),
  ('2026-03-01', 'total', null, 10, null, null, null),
  ('2026-01-01', 'sku', 'A', null, 8, 9, 1),
  ('2026-02-01', 'sku', 'A', 8, 7, 7, 1),
  ('2026-03-01', 'sku', 'A', 7, null, null, null),
  ('2026-01-01', 'sku', 'B', null, 0, 2.5, 0),
  ('2026-02-01', 'sku', 'B', 0, 3, 3, 1),
  ('2026-03-01', 'sku', 'B', 3, null, null, null)) t(period_start, slicing, sku, opening, closing, average, articles)
