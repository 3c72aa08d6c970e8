select period_start, slicing, segment, 'web' as channel, device,
  depth, depth_target, depth / depth_target as depth_attainment, depth / depth_target as depth_pacing,
  case when depth is null then 'no_data' when depth >= depth_target then 'on_track' else 'off_track' end as depth_status, depth as depth_projected,
  visits, visits_target, visits / visits_target as visits_attainment, visits / visits_target as visits_pacing,
  case when visits_target is null then 'no_target' when visits >= visits_target then 'on_track' else 'off_track' end as visits_status, visits as visits_projected
from (values
  (1, date '2026-01-01', 'channel,device', 'all', 'desk', 2 / 1, 2, 1::double, null::double),
  (2, date '2026-02-01', 'channel,device', 'all', 'desk', null, 2, 0, null),
  (3, date '2026-01-01', 'channel,device', 'all', 'phone', 4 / 1, 7, 1, 1),
  (4, date '2026-02-01', 'channel,device', 'all', 'phone', 8 / 1, 7, 1, 1),
  (5, date '2026-01-01', 'channel', 'all', null, 6 / 2, 2, 2, 2),
  (6, date '2026-02-01', 'channel', 'all', null, 8 / 1, 2, 1, 2),
  (7, date '2026-01-01', 'channel,device', 'phones', 'desk', null, 2, 0, null),
  (8, date '2026-02-01', 'channel,device', 'phones', 'desk', null, 2, 0, null),
  (9, date '2026-01-01', 'channel,device', 'phones', 'phone', 4 / 1, 7, 1, null),
  (10, date '2026-02-01', 'channel,device', 'phones', 'phone', 8 / 1, 7, 1, null),
  (11, date '2026-01-01', 'channel', 'phones', null, 4 / 1, 2, 1, null),
  (12, date '2026-02-01', 'channel', 'phones', null, 8 / 1, 2, 1, null)
) as t(place, period_start, slicing, segment, device, depth, depth_target, visits, visits_target)
order by place
