with cells as (
  select * from (values (date '2026-01-01'), ('2026-02-01')) p(m),
    (values ('total', null, 0), ('channel', 'shop', 1), ('channel', 'web', 2), ('channel', null, 3)) t(slicing, channel, nr)
)
select m as period_start, slicing, 'all' as segment, c.channel,
  coalesce(sum(o.amount), 0)::decimal(12,2) as revenue, count(o.order_id) as orders,
  sum(o.amount)::double / nullif(count(o.order_id), 0) as aov
from cells c left join orders o
  on date_trunc('month', o.ordered_on) = m and (slicing = 'total' or o.channel is not distinct from c.channel)
group by m, slicing, c.channel, nr
order by nr, m
