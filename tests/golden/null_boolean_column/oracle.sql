select * from (
  select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, null::boolean as is_active, 4 as users, 2 as active, 2 as inactive, 3 as known, 3 as odd
  union all
  select date '2026-01-01', 'is_active', 'all', active, count(*), count(*) filter (where coalesce(active, false)),
    count(*) filter (where not coalesce(active, false)), count(active), count(*) filter (where not (coalesce(active, false) and id > 1))
  from users group by active
) order by slicing <> 'total', is_active nulls last
