select period_start, slicing, 'all' as segment, channel, store,
  revenue, revenue_target, revenue / revenue_target as revenue_attainment, revenue / revenue_target as revenue_pacing,
  case when revenue_target is null then 'no_target' when revenue >= revenue_target then 'on_track' else 'off_track' end as revenue_status, revenue as revenue_projected,
  orders, orders_target, orders / orders_target as orders_attainment, orders / orders_target as orders_pacing,
  case when orders_target is null then 'no_target' when orders >= orders_target then 'on_track' else 'off_track' end as orders_status, orders as orders_projected,
  share as share_of_web, share_target as share_of_web_target, share / nullif(share_target, 0) as share_of_web_attainment, share / nullif(share_target, 0) as share_of_web_pacing,
  case when share is null then 'no_data' when share_target is null then 'no_target' when share >= share_target then 'on_track' else 'off_track' end as share_of_web_status, share as share_of_web_projected
from (values
  (1, date '2026-01-01', 'total', null, null, 400::double, 400::double, 2, 2, 0.75::double, 0.6::double),
  (2, date '2026-02-01', 'total', null, null, 350, 300, 1, 2, 1, 1.125),
  (3, date '2026-03-01', 'total', null, null, 500, null, 1, 2, 0, null),
  (4, date '2026-01-01', 'channel', 'shop', null, 100, null, 1, null, 0, 0.6),
  (5, date '2026-02-01', 'channel', 'shop', null, 0, null, 0, null, null, 0),
  (6, date '2026-03-01', 'channel', 'shop', null, 500, null, 1, null, 0, null),
  (7, date '2026-01-01', 'channel', 'web', null, 300, 250, 1, null, 1, 0.6),
  (8, date '2026-02-01', 'channel', 'web', null, 350, 350, 1, null, 1, 1.5),
  (9, date '2026-03-01', 'channel', 'web', null, 0, 700 * 31 / 90, 0, null, null, null),
  (10, date '2026-01-01', 'store', null, 7, 400, 350, 2, null, 0.75, 0.6),
  (11, date '2026-02-01', 'store', null, 7, 0, 350, 0, null, null, 1.125),
  (12, date '2026-03-01', 'store', null, 7, 0, 350, 0, null, null, null),
  (13, date '2026-01-01', 'store', null, 8, 0, null, 0, null, null, 0.6),
  (14, date '2026-02-01', 'store', null, 8, 350, null, 1, null, 1, null),
  (15, date '2026-03-01', 'store', null, 8, 500, null, 1, null, 0, null)
) as t(place, period_start, slicing, channel, store, revenue, revenue_target, orders, orders_target, share, share_target)
order by place
