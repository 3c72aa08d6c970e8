select d::date as period_start, slicing, 'all' as segment, t.channel,
  (select count(distinct visitor) from visits v where day = d and (slicing = 'total' or v.channel is not distinct from t.channel)) as visitors,
  (select count(distinct visitor) from visits v where day between d - interval 2 day and d and (slicing = 'total' or v.channel is not distinct from t.channel)) as visitors_3d,
  (select count(distinct visitor) from visits v where day between d - interval 6 day and d and (slicing = 'total' or v.channel is not distinct from t.channel)) as visitors_7d
from range(date '2026-03-01', date '2026-03-15', interval 1 day) days(d)
cross join (values ('total', null, 0), ('channel', 'mail', 1), ('channel', 'web', 2), ('channel', null, 3)) t(slicing, channel, nr)
order by nr, d
