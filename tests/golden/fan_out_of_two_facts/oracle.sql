with cells as (
  select * from (values (date '2026-01-01'), ('2026-02-01')) p(m),
    (values ('total', null, 0), ('channel', 'shop', 1), ('channel', 'social', 2), ('channel', 'web', 3), ('channel', null, 4)) t(slicing, channel, nr)
), n as (
  select *,
    coalesce((select sum(amount) from orders o where date_trunc('month', o.ordered_on) = m
      and (slicing = 'total' or o.channel is not distinct from c.channel)), 0)::decimal(12,2) as revenue,
    coalesce((select sum(cost) from spend s where date_trunc('month', s.spent_on) = m
      and (slicing = 'total' or s.channel is not distinct from c.channel)), 0)::decimal(12,2) as cost
  from cells c
)
select m as period_start, slicing, 'all' as segment, channel, revenue, cost,
  revenue::double / nullif(cost, 0)::double as roas, (revenue - cost)::decimal(12,2) as margin
from n order by nr, m
