select strftime(h + if(h < '2026-10-25 01:00', 2, 1) * interval 1 hour, '%Y-%m-%dT%H:%M:%S')
    || if(h < '2026-10-25 01:00', '+02:00', '+01:00') as period_start,
  'total' as slicing, 'all' as segment,
  (select count(*) from visits where started_at >= h and started_at < h + interval 1 hour) as visits,
  (select count(*) from visits where started_at >= '2026-10-24 22:00' and started_at < h + interval 1 hour) as today,
  (select count(distinct visitor) from visits where started_at >= '2026-10-24 22:00' and started_at < h + interval 1 hour) as visitors_today,
  (select count(*) from visits where started_at >= h - interval 24 hour and started_at < h - interval 23 hour) as visits_day_before
from range(timestamp '2026-10-24 22:00', timestamp '2026-10-25 23:00', interval 1 hour) hours(h)
order by h
