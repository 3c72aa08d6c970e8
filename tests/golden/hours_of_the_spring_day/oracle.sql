select strftime(h + if(h >= '2026-03-29 01:00', 2, 1) * interval 1 hour, '%Y-%m-%dT%H:%M:%S')
    || if(h >= '2026-03-29 01:00', '+02:00', '+01:00') as period_start,
  'total' as slicing, 'all' as segment, count(id) as visits
from range(timestamp '2026-03-28 23:00', timestamp '2026-03-29 22:00', interval 1 hour) hours(h)
left join visits on started_at >= h and started_at < h + interval 1 hour
group by h order by h
