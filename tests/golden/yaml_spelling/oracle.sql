with o as (select o.*, coalesce(device, 'other') as d, tier from orders o left join customers using (customer_id)),
s as (
  select if(channel = 'web', 1, 2) as nr, * from o
  union all select 3, * from o where d = 'mobile'
)
select date '2026-01-01' as period_start, 'device' as slicing, ['online', 'offline', 'mobile'][c.nr] as segment, t.d as device,
  coalesce(sum(amount), 0)::decimal(12,2) as revenue, avg(amount::double) as aov, count(*) filter (where tier = 'gold') as gold,
  coalesce(sum(amount) filter (where channel = 'web'), 0)::double / sum(amount) as web_share
from (values (1), (2), (3)) c(nr) cross join (values ('desktop'), ('mobile'), ('other')) t(d)
left join s on s.nr = c.nr and s.d = t.d group by c.nr, t.d order by c.nr, t.d
