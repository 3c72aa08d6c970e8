with s as (
  select *, case when amount < 10 then 1 when amount < 30 then 2 when channel = 'web' then 3 else 4 end as nr from orders
  union all select *, 5 from orders
)
select date '2026-01-01' as period_start, 'total' as slicing, ['small', 'medium', 'web_rest', 'large', 'all'][nr] as segment,
  count(*) as orders, sum(amount)::decimal(12,2) as revenue
from s group by nr order by nr
