select d as period_start, 'total' as slicing, 'all' as segment, count(id) as visits
from (values (date '2026-10-24', timestamp '2026-10-23 22:00', timestamp '2026-10-24 22:00'),
             (date '2026-10-25', timestamp '2026-10-24 22:00', timestamp '2026-10-25 23:00'),
             (date '2026-10-26', timestamp '2026-10-25 23:00', timestamp '2026-10-26 23:00')) days(d, a, b)
left join visits on started_at >= a and started_at < b
group by d order by d
