with s as (
  select 1 as nr, 'web' as segment, * from orders where channel = 'web'
  union all select 2, 'mobile', * from orders where device = 'mobile'
  union all select 3, 'all', * from orders
  union all select 4, 'mobile_web', * from orders where device = 'mobile' and channel = 'web'
), cells as (
  select * from (select distinct nr, segment from s),
    (values ('total', null, 0), ('channel', 'shop', 1), ('channel', 'web', 2), ('channel', null, 3)) t(slicing, channel, k)
)
select date '2026-01-01' as period_start, slicing, c.segment, c.channel,
  coalesce(sum(amount), 0)::decimal(12,2) as revenue, count(distinct customer_id) as buyers, median(amount::double) as middle
from cells c left join s on s.nr = c.nr and (slicing = 'total' or s.channel is not distinct from c.channel)
group by c.nr, slicing, c.segment, c.channel, k order by c.nr, k
