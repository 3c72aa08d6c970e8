select period_start, 'total' as slicing, 'all' as segment, orders, trend, score, trend_before, old_trend
from (values
  (date '2026-02-01', 4, 1, 1, 0.5, 1),
  ('2026-03-01', 6, 1.5, 4, 0.5, null),
  ('2026-04-01', null, null, null, null, null)
) t(period_start, orders, trend, score, trend_before, old_trend)
