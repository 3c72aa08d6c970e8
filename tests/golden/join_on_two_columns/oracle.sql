with s as (select stays.*, "view" as v from stays left join rooms on rooms.hotel = stays.hotel and rooms.room = stays.room)
select date '2026-01-01' as period_start, if(grouping(hotel) = 1, 'view', 'hotel') as slicing, 'all' as segment, v as "view", hotel,
  sum(nights) as nights, count(*) as stays, coalesce(sum(nights) filter (where v = 'sea'), 0) as sea
from s group by grouping sets ((v), (hotel)) order by grouping(hotel) desc, v nulls last, hotel nulls last
