select date '2026-01-01' as period_start, slicing, 'all' as segment, course, device, attempts, s as attempts_suppressed
from (values ('total', null, null, 13, false), ('course', 'art', null, 4, false), ('course', 'math', null, 9, false),
  ('device', null, 'pc', 5, false), ('device', null, 'phone', 8, false),
  ('course,device', 'art', 'pc', null, true), ('course,device', 'art', 'phone', null, true),
  ('course,device', 'math', 'pc', null, true), ('course,device', 'math', 'phone', null, true)) t(slicing, course, device, attempts, s)
