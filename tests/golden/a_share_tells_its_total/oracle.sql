select date '2026-01-01' as period_start, 'course' as slicing, 'all' as segment, course, attempts, share, s as attempts_suppressed, s as share_suppressed
from (values ('art', null, null, true), ('dance', 1, 1 / 9, false), ('math', 4, 4 / 9, false), ('music', null, null, true)) t(course, attempts, share, s)
