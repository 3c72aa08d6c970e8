with o as (select * from orders where amount <= 50),
s as (select 1 as nr, 'mobile' as segment, * from o where device = 'mobile' union all select 2, 'all', * from o)
select date '2026-01-01' as period_start, 'channel' as slicing, t.segment, t.channel,
  coalesce(sum(s.amount), 0)::double / (select sum(amount) from s k where k.nr = t.nr) as share
from (select * from (values (1, 'mobile'), (2, 'all')) x(nr, segment), (select distinct channel from o)) t
left join s on s.nr = t.nr and s.channel is not distinct from t.channel
group by t.nr, t.segment, t.channel order by t.nr, t.channel nulls last
