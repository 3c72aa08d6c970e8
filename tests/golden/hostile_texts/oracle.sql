select date '2026-01-01' as period_start, if(grouping(name) = 1, 'total', 'name') as slicing, 'all' as segment, name,
  count(*) as items, count(*) filter (where id = 1) as one, count(*) filter (where id = 2) as two,
  count(*) filter (where id in (3, 4)) as three, count(*) filter (where id in (5, 6, 8)) as four
from items group by grouping sets ((), (name)) order by grouping(name) desc, name
