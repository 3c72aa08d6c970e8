select m as period_start, 'channel' as slicing, 'all' as segment, t.channel,
  sum(amount)::decimal(12,2) as revenue, count(order_id) as orders,
  coalesce(avg(amount)::double, 0) as aov, (sum(amount) + 1)::decimal(12,2) as sum_of_both
from (values (date '2026-02-01'), ('2026-03-01')) p(m)
cross join (values ('shop'), ('web'), (null)) t(channel)
left join orders o on date_trunc('month', ordered_on) = m and o.channel is not distinct from t.channel
group by m, t.channel order by t.channel nulls last, m
