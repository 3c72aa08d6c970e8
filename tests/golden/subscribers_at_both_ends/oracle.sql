select period_start, slicing, 'all' as segment, plan, opening, started, ended, opening + started - ended as closing, churn::double as churn_rate, mrr
from (values
  (date '2026-01-01', 'total', null, 2, 1, 1, 0.5, 30),
  ('2026-02-01', 'total', null, 2, 1, 2, 1, 10),
  ('2026-03-01', 'total', null, 1, 1, 0, 0, 170),
  ('2026-01-01', 'plan', 'basic', 1, 1, 0, 0, 30),
  ('2026-02-01', 'plan', 'basic', 2, 0, 1, 0.5, 10),
  ('2026-03-01', 'plan', 'basic', 1, 0, 0, 0, 10),
  ('2026-01-01', 'plan', 'pro', 1, 0, 1, 1, 0),
  ('2026-02-01', 'plan', 'pro', 0, 1, 1, null, 0),
  ('2026-03-01', 'plan', 'pro', 0, 1, 0, null, 160)) t(period_start, slicing, plan, opening, started, ended, churn, mrr)
