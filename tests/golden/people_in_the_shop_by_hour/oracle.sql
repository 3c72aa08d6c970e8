select strftime(h + if(h >= '2026-03-29 01:00', 2, 1) * interval 1 hour, '%Y-%m-%dT%H:%M:%S')
    || if(h >= '2026-03-29 01:00', '+02:00', '+01:00') as period_start,
  'total' as slicing, 'all' as segment,
  (select count(*) from visits where came_at < h and left_at >= h) as opening,
  (select count(*) from visits where came_at >= h and came_at < h + interval 1 hour) as came,
  (select count(*) from visits where left_at >= h and left_at < h + interval 1 hour) as gone,
  (select count(*) from visits where came_at < h + interval 1 hour and left_at >= h + interval 1 hour) as closing,
  (select count(*) from visits where came_at < h and left_at >= h) as hour_before
from range(timestamp '2026-03-28 23:00', timestamp '2026-03-29 22:00', interval 1 hour) hours(h)
order by h
