select date '2026-01-01' as period_start, slicing, 'all' as segment, late, count(*) as tasks,
  count(*) filter (where ok) as on_time, count(*) filter (where not ok) as not_on_time,
  count(*) filter (where isodow(due_on) > 5) as weekend, count(*) filter (where due_on < '2026-06-01') as before_june,
  count(*) filter (where done_on + 7 <= due_on) as soon
from (
  select 'total' as slicing, null::boolean as late, *, coalesce(done_on <= due_on, false) as ok from tasks
  union all select 'late', coalesce(done_on > due_on, false), *, coalesce(done_on <= due_on, false) from tasks
) group by slicing, late order by slicing <> 'total', late
