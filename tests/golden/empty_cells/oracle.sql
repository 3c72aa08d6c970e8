select m as period_start, 'channel' as slicing, 'all' as segment, t.channel,
  coalesce(sum(amount), 0)::decimal(12,2) as revenue, count(order_id) as orders, count(distinct customer_id) as buyers,
  avg(amount::double) as mean, min(amount)::decimal(12,2) as least, max(amount)::decimal(12,2) as most, median(amount::double) as middle
from (values (date '2026-02-01'), ('2026-03-01')) p(m)
cross join (values ('shop'), ('web'), (null)) t(channel)
left join orders o on date_trunc('month', ordered_on) = m and o.channel is not distinct from t.channel
group by m, t.channel order by t.channel nulls last, m
