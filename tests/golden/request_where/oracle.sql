select *, revenue::double / cost::double as roas from (
select date '2026-01-01' as period_start, slicing, 'all' as segment, t.channel,
  coalesce((select sum(amount) from orders o where o.channel in ('web', 'social') and (slicing = 'total' or o.channel = t.channel)), 0)::decimal(12,2) as revenue,
  (select sum(cost) from spend s where s.channel in ('web', 'social') and (slicing = 'total' or s.channel = t.channel))::decimal(12,2) as cost
from (values ('total', null, 0), ('channel', 'social', 1), ('channel', 'web', 2)) t(slicing, channel, nr)
order by nr)
