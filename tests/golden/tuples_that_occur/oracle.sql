with occurring as (select distinct channel, device from orders where ordered_on < '2026-03-01')
select m as period_start, 'channel,device' as slicing, 'all' as segment, t.channel, t.device,
  count(o.order_id) filter (where amount > 50) as big
from (values (date '2026-01-01'), ('2026-02-01')) p(m) cross join occurring t
left join orders o on date_trunc('month', ordered_on) = m and o.channel is not distinct from t.channel and o.device is not distinct from t.device
group by m, t.channel, t.device order by t.channel nulls last, t.device nulls last, m
