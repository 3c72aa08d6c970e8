select d as period_start, 'total' as slicing, 'all' as segment,
  case when d in (date '2026-03-06', '2026-03-07', '2026-03-19', '2026-03-20', '2026-03-29', '2026-03-30') then 1 else 0 end as calls
from (select unnest(generate_series(date '2026-03-06', date '2026-03-30', interval 1 day))::date as d)
order by d
