select period_start, slicing, 'all' as segment, service,
  up / 24 as up, unplanned / 24 as up_unplanned, unplanned / 24 as up_unplanned_inside, twice / 24 as doubled,
  whole / 24 as up_of_all, (up - whole) / 24 as distance, told / 24 as up_if_told
from (values
  (date '2026-06-03', 'total', null, 12, 16, 2, 12, 12), ('2026-06-04', 'total', null, 16, 16, 0, 16, 16),
  ('2026-06-03', 'service', 'mail', 16, 20, 2, 12, 16), ('2026-06-04', 'service', 'mail', 24, 24, 0, 16, null),
  ('2026-06-03', 'service', 'web', 20, 20, 0, 12, 20), ('2026-06-04', 'service', 'web', 22, 22, 0, 16, 22),
  ('2026-06-03', 'service', null, 24, 24, 0, 12, null), ('2026-06-04', 'service', null, 18, 18, 0, 16, 18)
) t(period_start, slicing, service, up, unplanned, twice, whole, told)
