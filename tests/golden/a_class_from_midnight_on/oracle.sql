select strftime(h + interval 1 hour, '%Y-%m-%dT%H:%M:%S+01:00') as period_start, 'total' as slicing, 'all' as segment, 1 as staff_end,
  case when h >= timestamp '2024-12-21 23:00:00' then 1 else 0 end as blue_end
from range(timestamp '2024-12-20 23:00:00', timestamp '2024-12-22 23:00:00', interval 1 hour) hours(h) order by h
