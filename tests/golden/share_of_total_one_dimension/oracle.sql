select m as period_start, slicing, 'all' as segment, t.channel,
  coalesce((select sum(amount) from orders o where date_trunc('month', ordered_on) = m and (slicing = 'total' or o.channel is not distinct from t.channel)), 0)::double
  / nullif((select sum(amount) from orders o where date_trunc('month', ordered_on) = m), 0)::double as share
from (values (date '2026-02-01'), ('2026-03-01'), ('2026-04-01')) p(m)
cross join (values ('total', null, 0), ('channel', 'shop', 1), ('channel', 'web', 2), ('channel', null, 3)) t(slicing, channel, nr)
order by nr, m
