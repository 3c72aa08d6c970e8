with hours as (
  select h, n, s, q, slope
  from (values
    (timestamp '2026-03-28 23:00', 0, 2, 2, 0), ('2026-03-29 00:00', 2, 2, 2, 1), ('2026-03-29 01:00', 1, 3, 5, 0.5),
    ('2026-03-29 02:00', 4, 3, 5, 1), ('2026-03-29 03:00', 0, 7, 21, -0.5), ('2026-03-29 04:00', 0, 7, 21, -2)
  ) t(h, n, s, q, slope)
  union all
  select h, 0, 7, 21, 0 from range(timestamp '2026-03-29 05:00', timestamp '2026-03-29 22:00', interval 1 hour) t(h)
)
select strftime(h + if(h >= '2026-03-29 01:00', 2, 1) * interval 1 hour, '%Y-%m-%dT%H:%M:%S')
    || if(h >= '2026-03-29 01:00', '+02:00', '+01:00') as period_start,
  'total' as slicing, 'all' as segment, slope as trend, (n - s / 24) / sqrt((q - s * s / 24) / 23) as a_day_before
from hours order by h
