select date '2026-01-01' as period_start, 'course' as slicing, 'all' as segment, course, attempts, s as attempts_suppressed
from (values ('art', 3, false), ('dance', 1, false), ('math', 4, false), ('music', null, true)) t(course, attempts, s)
