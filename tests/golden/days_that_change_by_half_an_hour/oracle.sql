select d as period_start, 'total' as slicing, 'all' as segment,
  case d when date '2026-04-04' then 1 when date '2026-04-05' then 2 when date '2026-04-06' then 1
    when date '2026-10-03' then 1 when date '2026-10-04' then 2 when date '2026-10-05' then 1 else 0 end as visits
from (select unnest(generate_series(date '2026-04-04', date '2026-10-05', interval 1 day))::date as d)
order by d
