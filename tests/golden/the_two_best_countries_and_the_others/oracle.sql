select period_start, slicing, 'all' as segment, country, is_others, revenue, buyers, order_value, middle, before, buyers_of_two_months, share_of_all, mean_of_countries
from (values
  (date '2026-01-01', 'total', null, null, 175, 5, 25.0::double, 20.0::double, 10, 5, 1.0::double, 29.0::double),
  ('2026-02-01', 'total', null, null, 150, 3, 37.5, 17.5, 175, 6, 1, 37.5),
  ('2026-01-01', 'country', 'others', false, 5, 1, 5, 5, 0, 1, 5 / 175, 5),
  ('2026-02-01', 'country', 'others', false, 100, 1, 100, 100, 5, 2, 100 / 150, 100),
  ('2026-01-01', 'country', 'FR', false, 60, 2, 30, 30, 3, 2, 60 / 175, 60),
  ('2026-02-01', 'country', 'FR', false, 20, 1, 20, 20, 60, 2, 20 / 150, 20),
  ('2026-01-01', 'country', null, true, 110, 3, 27.5, 25, 7, 3, 110 / 175, 80 / 3),
  ('2026-02-01', 'country', null, true, 30, 2, 15, 15, 110, 4, 30 / 150, 15)
) t(period_start, slicing, country, is_others, revenue, buyers, order_value, middle, before, buyers_of_two_months, share_of_all, mean_of_countries)
