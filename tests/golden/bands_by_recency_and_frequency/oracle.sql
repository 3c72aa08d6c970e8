select period_start, 'total' as slicing, 'all' as segment, revenue, of_loyal, of_loyal_in_two_months, orders_of_returning, loyal_buyers, of_loyal_before
from (values
  (date '2026-01-01', 15, 0, 0, 0, 0, 0),
  ('2026-02-01', 34, 27, 37, 1, 2, 0),
  ('2026-03-01', 36, 36, 56, 3, 2, 20)
) t(period_start, revenue, of_loyal, of_loyal_in_two_months, orders_of_returning, loyal_buyers, of_loyal_before)
