select date '2026-02-01' as period_start, slicing, segment, country, opening, gone / nullif(opening, 0) as churn_rate
from (values
  ('total', 'france', null, 2, 1),
  ('country', 'france', 'DE', 0, 0),
  ('country', 'france', 'FR', 2, 1),
  ('country', 'france', null, 0, 0),
  ('total', 'all', null, 4, 1),
  ('country', 'all', 'DE', 1, 0),
  ('country', 'all', 'FR', 2, 1),
  ('country', 'all', null, 1, 0)) t(slicing, segment, country, opening, gone)
