select strftime(utc + h * interval 1 hour, '%Y-%m-%dT%H:%M:%S') || '+0' || h || ':00' as period_start, 'total' as slicing, 'all' as segment,
  case hour(utc) when 0 then 2 when 1 then 1 else 0 end as below, case hour(utc) when 0 then 30 / 60 when 1 then 10 / 60 end as mean_up, 0 as doubled
from (select utc, case when utc >= timestamp '2026-03-29 01:00' then 2 else 1 end as h
  from range(timestamp '2026-03-28 23:00', timestamp '2026-03-29 22:00', interval 1 hour) hours(utc))
