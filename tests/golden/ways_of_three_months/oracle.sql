select period_start, 'total' as slicing, 'all' as segment, days * 86400::double as time_to_buy,
  three * 86400::double as of_three_months, before * 86400::double as before
from (values (date '2026-01-01', 1, 1, null), ('2026-02-01', 4, 2.5, 1), ('2026-03-01', 3, 2.5, 4), ('2026-04-01', null, null, null))
  t(period_start, days, three, before)
