with cells as (
  select * from (values (date '2026-01-01'), ('2026-02-01')) p(m),
    (values ('total', null, 0), ('channel', 'shop', 1), ('channel', 'social', 2), ('channel', 'web', 3), ('channel', null, 4)) t(slicing, channel, nr)
), o as (
  select m, slicing, c.channel, nr, sum(amount) as revenue, count(distinct customer_id) as buyers, median(amount::double) as middle,
    avg(amount::double) as mean, count(distinct if(device = 'mobile', customer_id, null)) as mobile_buyers
  from cells c left join orders o on date_trunc('month', ordered_on) = m and (slicing = 'total' or o.channel is not distinct from c.channel)
  group by all
), s as (
  select m, slicing, c.channel, sum(cost) as cost
  from cells c left join spend s on date_trunc('month', spent_on) = m and (slicing = 'total' or s.channel is not distinct from c.channel)
  group by all
)
select o.m as period_start, o.slicing, 'all' as segment, o.channel,
  coalesce(cost, 0)::double / nullif(buyers, 0) as cost_per_buyer, middle,
  coalesce(revenue, 0)::double / (select sum(amount) from orders where date_trunc('month', ordered_on) = o.m) as share,
  mobile_buyers, mean, coalesce(revenue, 0)::decimal(12,2) as revenue, buyers, coalesce(cost, 0)::decimal(12,2) as cost
from o join s on s.m = o.m and s.slicing = o.slicing and s.channel is not distinct from o.channel
order by nr, o.m
