select period_start, slicing, 'all' as segment, country, revenue_of_the_best, best_customers, head, place_by_good_customers
from (values
  (date '2026-01-01', 'total', null, 110, 3, 1, null),
  ('2026-02-01', 'total', null, 7, 1, 0, null),
  ('2026-01-01', 'country', 'France', 110, 3, 1, 1),
  ('2026-02-01', 'country', 'France', 7, 1, 0, 1),
  ('2026-01-01', 'country', 'Germany', 10, 1, 0, 2),
  ('2026-02-01', 'country', 'Germany', 0, 0, 0, null)
) t(period_start, slicing, country, revenue_of_the_best, best_customers, head, place_by_good_customers)
