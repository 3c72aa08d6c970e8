select period_start, 'total' as slicing, 'all' as segment, mrr, before, before_whole, growth::double as growth, start_before
from (values
  (date '2026-02-01', 50, 10, 10, 4, 10),
  ('2026-03-01', 50, 10, 50, 0, 10)) t(period_start, mrr, before, before_whole, growth, start_before)
