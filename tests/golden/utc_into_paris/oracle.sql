select make_date(2026, m, 1) as period_start, 'total' as slicing, 'all' as segment, count(id) as visits
from range(1, 8) r(m)
left join visits on started_at >= make_date(2026, m, 1) - if(m in (1, 2, 3), 1, 2) * interval 1 hour
  and started_at < make_date(2026, m + 1, 1) - if(m + 1 in (1, 2, 3), 1, 2) * interval 1 hour
group by m order by m
