select make_date(2026, m, 1) as period_start, 'total' as slicing, 'all' as segment, count(id) as visits
from range(1, 3) r(m)
left join visits on started_at >= (make_date(2026, m, 1) || ' 05:00:00+00')::timestamptz
  and started_at < (make_date(2026, m + 1, 1) || ' 05:00:00+00')::timestamptz
group by m order by m
