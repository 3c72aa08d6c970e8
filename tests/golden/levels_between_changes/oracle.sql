select period_start, slicing, 'all' as segment, sku, average::double as average_on_hand
from (values
  (date '2026-01-01', 'total', null, 261 / 31),
  ('2026-02-01', 'total', null, 11),
  ('2026-01-01', 'sku', 'A', 135 / 31),
  ('2026-02-01', 'sku', 'A', 5),
  ('2026-01-01', 'sku', 'B', 126 / 31),
  ('2026-02-01', 'sku', 'B', 6)) t(period_start, slicing, sku, average)
