with n as (
  select m, t.channel, sum(amount)::double / nullif(count(order_id), 0) as a, count(order_id) as orders
  from (values (date '2026-01-01'), ('2026-02-01')) p(m) cross join (values ('shop'), ('web'), (null)) t(channel)
  left join orders o on date_trunc('month', ordered_on) = m and o.channel is not distinct from t.channel group by all
)
select m as period_start, 'channel' as slicing, 'all' as segment, channel, a / 500 as double_k,
  case when coalesce(a, 0) > 50 then 2 when coalesce(a, 0) > 20 then 1 else 0 end as band, coalesce(a, 0.0) as safe,
  case when coalesce(a, 0) < 10 then 10 when a > 50 then 50 else a end as capped, round(a, 1) as rounded, -a as negative,
  if(a is null, 1, 0) as missing, if(orders > 1, a, null) as maybe
from n order by channel nulls last, m
