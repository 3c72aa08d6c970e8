select date '2026-04-01' as period_start, slicing, segment, plan,
  several / 30 as several, only_one / 30 as only_one, doubled / 30 as doubled, three / 30 as three_pairs
from (values
  ('all', 'total', null, 8, 18, 28, 2), ('all', 'plan', 'basic', 5, 15, 28, 0), ('all', 'plan', 'pro', 0, 10, 0, 0), ('all', 'plan', null, 0, 2, 0, 0),
  ('new', 'total', null, 2, 8, 0, 0), ('new', 'plan', 'basic', 0, 10, 0, 0), ('new', 'plan', 'pro', 0, 0, 0, 0), ('new', 'plan', null, 0, 2, 0, 0)
) t(segment, slicing, plan, several, only_one, doubled, three)
