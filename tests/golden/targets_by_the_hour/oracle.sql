with hours as (
  select hour, (select count(*) from calls where calls."at" >= hour and calls."at" < hour + interval 1 hour) as calls
  from unnest(generate_series(timestamp '2026-03-28 23:00:00', timestamp '2026-03-29 21:00:00', interval 1 hour)) t(hour)
)
select
  case when hour < '2026-03-29 01:00:00' then strftime(hour + interval 1 hour, '%Y-%m-%dT%H:%M:%S') || '+01:00'
    else strftime(hour + interval 2 hour, '%Y-%m-%dT%H:%M:%S') || '+02:00' end as period_start,
  'total' as slicing, 'all' as segment,
  calls, 2 as calls_target, calls / 2 as calls_attainment, calls / 2 as calls_pacing,
  case when calls >= 2 then 'on_track' else 'off_track' end as calls_status, calls as calls_projected,
  calls as of_the_day, null as of_the_day_target, null as of_the_day_attainment, null as of_the_day_pacing,
  'no_target' as of_the_day_status, calls as of_the_day_projected
from hours
order by hour
