select m as period_start, 'total' as slicing, 'all' as segment,
  if(m = '2026-01-01', (select count(*) from sales where sold_at < '2026-01-31 23:00:00'), null) as sales
from (values (date '2026-01-01'), ('2026-02-01')) p(m) order by m
