select strftime(h, '%Y-%m-%dT%H:%M:%S+00:00') as period_start, 'total' as slicing, 'all' as segment, count(id) as calls
from range(timestamp '2026-01-01', timestamp '2026-01-02', interval 1 hour) hours(h) left join calls on date_trunc('hour', "at") = h
group by h order by h
