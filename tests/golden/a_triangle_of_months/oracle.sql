select period_start, 'age' as slicing, 'all' as segment, age, rate::double as monthly_cohort_retention
from (values
  (date '2026-01-01', 0, 0.5),
  ('2026-02-01', 0, 1),
  ('2026-03-01', 0, null),
  ('2026-01-01', 1, 0.5),
  ('2026-02-01', 1, 1),
  ('2026-03-01', 1, null),
  ('2026-01-01', 2, 0.5),
  ('2026-02-01', 2, null),
  ('2026-03-01', 2, null)) t(period_start, age, rate)
