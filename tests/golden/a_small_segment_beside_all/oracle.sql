select date '2026-01-01' as period_start, slicing, segment, course, attempts, s as attempts_suppressed
from (values
  ('total', 'all', null, 13, false), ('course', 'all', 'art', 4, false), ('course', 'all', 'math', 9, false),
  ('total', 'young', null, null, true), ('course', 'young', 'art', 0, false), ('course', 'young', 'math', null, true),
  ('total', 'grown', null, null, true), ('course', 'grown', 'art', null, true), ('course', 'grown', 'math', null, true),
  ('total', 'old', null, 7, false), ('course', 'old', 'art', null, true), ('course', 'old', 'math', null, true)
) t(slicing, segment, course, attempts, s)
