select m as period_start, 'total' as slicing, 'all' as segment, count(id) as sales
from (values (date '2026-01-01'), ('2026-02-01'), ('2026-03-01')) p(m) left join sales on date_trunc('month', sold_on) = m
group by m order by m
