select d as period_start, 'total' as slicing, 'all' as segment, count(id) as sales, count(distinct buyer) as buyers
from (values (date '2026-01-01'), ('2026-04-01'), ('2026-07-01'), ('2026-10-01')) p(d) left join sales on date_trunc('quarter', sold_on) = d
group by d order by d
