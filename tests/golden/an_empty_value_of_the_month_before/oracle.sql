select period_start, 'total' as slicing, 'all' as segment, aov::double as aov, before::double as aov_before, (aov - before)::double as change, bare::double as bare, bare_change::double as bare_change
from (values
  (date '2026-01-01', 10, 0, 10, null),
  ('2026-02-01', 0, 10, null, null),
  ('2026-03-01', 30, 0, 30, null)) t(period_start, aov, before, bare, bare_change)
