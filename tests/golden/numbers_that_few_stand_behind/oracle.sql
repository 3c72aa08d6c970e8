select period_start, 'course' as slicing, 'all' as segment, course, mean_attempts, twice, growth, enrolled, passing, attempting,
  s1 as mean_attempts_suppressed, s2 as twice_suppressed, s3 as growth_suppressed, s4 as enrolled_suppressed, s5 as passing_suppressed, s6 as attempting_suppressed
from (values
  (date '2026-01-01', 'art', 4 / 3, null, null, 3, 3, 3, false, true, false, false, false, false),
  ('2026-02-01', 'art', null, 0, -1, null, 0, 0, false, false, false, true, false, false),
  ('2026-01-01', 'music', null, 0, null, null, null, null, true, false, true, true, true, true),
  ('2026-02-01', 'music', 1, 0, null, 3, null, 3, false, false, true, false, true, false)
) t(period_start, course, mean_attempts, twice, growth, enrolled, passing, attempting, s1, s2, s3, s4, s5, s6)
