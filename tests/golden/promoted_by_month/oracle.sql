select m as period_start, 'total' as slicing, 'all' as segment,
  coalesce((select sum(amount)::decimal(12,2) from orders where date_trunc('month', ordered_on) = m), 0) as revenue,
  (select count(*) from orders where date_trunc('month', ordered_on) = m) as orders
from (values (date '2026-01-01'), ('2026-02-01'), ('2026-03-01'), ('2026-04-01')) months(m)
order by m
