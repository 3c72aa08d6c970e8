with s as (
  select 1 as nr, 'web' as segment, * from visits where channel = 'web'
  union all select 2, 'long', * from visits where device <> 'tv'
  union all select 3, 'all', * from visits
), t(slicing, channel, device, k) as (
  values ('total', null, null, 0), ('channel', 'app', null, 1), ('channel', 'web', null, 2), ('channel', null, null, 3),
    ('device', null, 'mobile', 4), ('device', null, 'tv', 5)
)
select m as period_start, slicing, c.segment, t.channel, t.device,
  count(distinct visitor) as visitors, count(distinct if(s.device = 'mobile', visitor, null)) as mobile_visitors,
  count(visitor) / nullif(count(distinct visitor), 0) as visits_per_visitor
from (values (1, 'web'), (2, 'long'), (3, 'all')) c(nr, segment)
cross join (values (date '2026-01-01'), ('2026-02-01')) p(m)
cross join t
left join s on s.nr = c.nr and date_trunc('month', s.day) = m and (slicing <> 'channel' or s.channel is not distinct from t.channel)
  and (slicing <> 'device' or s.device = t.device)
group by c.nr, c.segment, m, slicing, t.channel, t.device, k
order by c.nr, k, m
