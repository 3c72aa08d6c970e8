select period_start, slicing, 'all' as segment, course, attempts, pass_rate, rent,
  s1 as attempts_suppressed, s2 as pass_rate_suppressed, false as rent_suppressed
from (values
  (date '2026-01-01', 'total', null, 15, 8 / 15, 140, false, false),
  ('2026-02-01', 'total', null, 8, 6 / 8, 30, false, false),
  ('2026-01-01', 'course', 'art', null, null, 0, true, true),
  ('2026-02-01', 'course', 'art', null, null, 30, true, true),
  ('2026-01-01', 'course', 'dance', 4, 0, 0, false, false),
  ('2026-02-01', 'course', 'dance', 0, null, 0, false, false),
  ('2026-01-01', 'course', 'math', 5, 4 / 5, 100, false, false),
  ('2026-02-01', 'course', 'math', 5, 3 / 5, 0, false, false),
  ('2026-01-01', 'course', 'music', null, null, 40, true, true),
  ('2026-02-01', 'course', 'music', null, null, 0, true, true)
) t(period_start, slicing, course, attempts, pass_rate, rent, s1, s2)
