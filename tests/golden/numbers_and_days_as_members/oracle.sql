select * from (
  select date '2026-01-01' as period_start, 'level' as slicing, 'all' as segment, level, null::date as "on", null::boolean as night, count(*) as shifts from shifts group by level
  union all select date '2026-01-01', 'on', 'all', null, day, null, count(*) from shifts group by day
  union all select date '2026-01-01', 'night', 'all', null, null, night, count(*) from shifts group by night
) order by case slicing when 'level' then 1 when 'on' then 2 else 3 end, level nulls last, "on" nulls last, night nulls last
