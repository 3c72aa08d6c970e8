select d as period_start, 'total' as slicing, 'all' as segment, count(id) as sales
from (values (date '2026-01-04'), ('2026-01-11')) p(d) left join sales on sold_on >= d and sold_on < d + 7
group by d order by d
