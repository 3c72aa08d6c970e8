select strftime(h + interval 2 hour, '%Y-%m-%dT%H:%M:%S') || '+02:00' as period_start, 'total' as slicing, 'all' as segment,
  (select count(*) from visits where date_trunc('hour', started_at) = h) as visits,
  (select count(*) from visits where date_trunc('hour', started_at) = h - interval 24 hour) as day_before,
  (select count(*) from visits where date_trunc('hour', started_at) = h - interval 168 hour) as week_before
from range(timestamp '2026-03-29 22:00', timestamp '2026-03-30 22:00', interval 1 hour) hours(h)
order by h
