select d as period_start, 'total' as slicing, 'all' as segment, count(id) as visits
from (values (date '2026-03-28', timestamp '2026-03-27 23:00', timestamp '2026-03-28 23:00'),
             (date '2026-03-29', timestamp '2026-03-28 23:00', timestamp '2026-03-29 22:00'),
             (date '2026-03-30', timestamp '2026-03-29 22:00', timestamp '2026-03-30 22:00')) days(d, a, b)
left join visits on started_at >= a and started_at < b
group by d order by d
