select * from (
select period_start, 'channel' as slicing, segment, channel, orders, surprise, surprise_of_value, surprise_before, is_strange
from (
  select date '2026-03-01' as period_start, 'web' as channel, 6 as orders, 3 / sqrt(2) as surprise, 15 / sqrt(50) as surprise_of_value, null as surprise_before, 1 as is_strange
  union all select '2026-04-01', 'web', 9, 2.5, 3, 3 / sqrt(2), 1
  union all select '2026-05-01', 'web', 3, -10 / 3 / sqrt(19 / 3), -40 / 3 / sqrt(700 / 3), 2.5, 0
  union all select '2026-03-01', 'shop', 2, null, null, null, 0
  union all select '2026-04-01', 'shop', 2, null, null, null, 0
  union all select '2026-05-01', 'shop', 3, null, null, null, 0
) t, (values ('web'), ('all')) s(segment)
where channel = 'web' or segment = 'all'
union all
select p, 'channel', 'web', 'shop', 0, null, null, null, 0
from (values (date '2026-03-01'), ('2026-04-01'), ('2026-05-01')) t(p)
)
order by segment = 'all', channel, period_start
