select m as period_start, slicing, 'all' as segment, t.channel,
  sum(o.amount)::decimal(12,2) as revenue, (2 * sum(o.amount))::decimal(12,2) as twice, count(o.order_id) as orders
from (values (date '2026-02-01'), ('2026-03-01')) p(m)
cross join (values ('total', null, 0), ('channel', 'shop', 1), ('channel', 'web', 2), ('channel', null, 3)) t(slicing, channel, k)
left join orders o on date_trunc('month', o.ordered_on) = m and (slicing = 'total' or o.channel is not distinct from t.channel)
group by m, slicing, t.channel, k order by k, m
