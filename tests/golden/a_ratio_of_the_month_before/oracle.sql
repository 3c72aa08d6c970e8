select period_start, slicing, 'all' as segment, device, conversion::double as conversion, before::double as conversion_before, (conversion - before)::double as change
from (values
  (date '2026-01-01', 'total', null, 0.30, null),
  ('2026-02-01', 'total', null, 0.05, 0.30),
  ('2026-03-01', 'total', null, 0.25, 0.05),
  ('2026-01-01', 'device', 'desktop', 0.50, null),
  ('2026-02-01', 'device', 'desktop', null, 0.50),
  ('2026-03-01', 'device', 'desktop', 0.25, null),
  ('2026-01-01', 'device', 'mobile', 0.10, null),
  ('2026-02-01', 'device', 'mobile', 0.05, 0.10),
  ('2026-03-01', 'device', 'mobile', null, 0.05)) t(period_start, slicing, device, conversion, before)
