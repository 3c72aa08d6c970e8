select period_start, 'total' as slicing, 'all' as segment, visited, bought, before::double as bought_rate_before, back::double as retained_7, share::double as buyers_share, each::double as purchases_each
from (values
  (date '2023-01-29', 1, 1, null, 1, 0, 0),
  ('2023-02-26', 2, 1, 1, 1 / 2, 2 / 3, 2 / 3)) t(period_start, visited, bought, before, back, share, each)
