select date '2026-08-01' + day as period_start, slicing, 'all' as segment, plan, n as subscribers, coalesce(fee, 0) as fees,
  nullif(n, 0) as subscribers_if_any, fee as fees_if_any, opening
from (values
  (1, 'total', null, 1, 5, 1), (2, 'total', null, 2, 15, 1), (3, 'total', null, 3, 15, 2), (4, 'total', null, 2, 5, 3), (5, 'total', null, 1, 5, 2),
  (1, 'plan', 'basic', 0, null, 0), (2, 'plan', 'basic', 1, 10, 0), (3, 'plan', 'basic', 2, 10, 1), (4, 'plan', 'basic', 1, null, 2), (5, 'plan', 'basic', 0, null, 1),
  (1, 'plan', 'pro', 1, 5, 1), (2, 'plan', 'pro', 1, 5, 1), (3, 'plan', 'pro', 1, 5, 1), (4, 'plan', 'pro', 1, 5, 1), (5, 'plan', 'pro', 1, 5, 1)
) t(day, slicing, plan, n, fee, opening)
