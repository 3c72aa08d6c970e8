select m as period_start, 'total' as slicing, 'all' as segment, count(id) as calls
from (values (date '2026-01-01'), ('2026-02-01')) p(m)
left join calls on date_trunc('month', began_at - interval 14 hour) = m
group by m order by m
