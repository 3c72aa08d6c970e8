select d as period_start, 'total' as slicing, 'all' as segment, count(id) as sales
from (values (date '2025-12-29'), ('2026-01-05')) p(d) left join sales on date_trunc('week', sold_on) = d
group by d order by d
