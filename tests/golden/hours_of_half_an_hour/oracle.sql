select strftime(timestamp '2026-01-15 00:30' + n * interval 1 hour, '%Y-%m-%dT%H:%M:%S') || '+05:30' as period_start,
  'total' as slicing, 'all' as segment, case n when 0 then 2 when 23 then 1 else 0 end as visits
from range(24) t(n) order by n
