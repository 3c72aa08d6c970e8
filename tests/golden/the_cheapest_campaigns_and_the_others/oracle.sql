select period_start, 'campaign' as slicing, 'all' as segment, campaign, is_others, spend, orders, cost_of_an_order
from (values
  (date '2026-01-01', 'mail', false, 0, 2, 0.0::double),
  ('2026-02-01', 'mail', false, 0, 0, null),
  ('2026-01-01', 'social', false, 50, 10, 5),
  ('2026-02-01', 'social', false, 0, 2, 0),
  ('2026-01-01', null, true, 50, 3, 50 / 3),
  ('2026-02-01', null, true, 15, 1, 15)
) t(period_start, campaign, is_others, spend, orders, cost_of_an_order)
