with o as (select *, coalesce(channel, '?') as c, coalesce(device, '?') as d from orders)
select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment,
  sum(amount)::decimal(12,2) as revenue,
  sum(if(c = 'web', amount, 0))::decimal(12,2) as web, sum(if(c = 'web', 0, amount))::decimal(12,2) as not_web,
  sum(amount)::decimal(12,2) as both,
  sum(if(c in ('web', 'mail'), amount, 0))::decimal(12,2) as is_in, sum(if(c in ('web', 'mail'), 0, amount))::decimal(12,2) as not_in,
  sum(if(c = 'web', amount, 0))::decimal(12,2) as is_like, sum(if(c = 'web', 0, amount))::decimal(12,2) as not_like,
  sum(if(c = 'shop', amount, 0))::decimal(12,2) as is_between, sum(if(c = 'shop', 0, amount))::decimal(12,2) as not_between,
  sum(if(c = 'web' and d <> 'mobile', 0, amount))::decimal(12,2) as nested
from o
