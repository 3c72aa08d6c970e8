select period_start, slicing, 'all' as segment, channel, is_large,
  revenue, revenue_target, revenue / revenue_target as revenue_attainment, revenue / revenue_target as revenue_pacing,
  case when revenue_target is null then 'no_target' when revenue >= revenue_target then 'on_track' else 'off_track' end as revenue_status, revenue as revenue_projected,
  orders, low as orders_target, 2 * low as orders_target_to,
  case when low is null then null when orders < low then orders / low when orders > 2 * low then 1 - (orders - 2 * low) / (2 * low) else 1 end as orders_attainment,
  case when low is null then null when orders < low then orders / low when orders > 2 * low then 1 - (orders - 2 * low) / (2 * low) else 1 end as orders_pacing,
  case when low is null then 'no_target' when orders between low and 2 * low then 'on_track' else 'off_track' end as orders_status, orders as orders_projected,
  share as share_of_web, share_target as share_of_web_target, share / share_target as share_of_web_attainment, share / share_target as share_of_web_pacing,
  case when share is null then 'no_data' when share_target is null then 'no_target' when share >= share_target then 'on_track' else 'off_track' end as share_of_web_status, share as share_of_web_projected
from (values
  (1, date '2026-01-01', 'total', null, null, 400::double, 400::double, 2, 3 * 31 / 90, 0.75::double, 0.6::double),
  (2, date '2026-02-01', 'total', null, null, 350, 280, 1, 3 * 28 / 90, 1, null),
  (3, date '2026-03-01', 'total', null, null, 500, 310, 1, 3 * 31 / 90, 0, null),
  (4, date '2026-01-01', 'channel', 'shop', null, 100, null, 1, null, 0, 0.6),
  (5, date '2026-02-01', 'channel', 'shop', null, 0, null, 0, null, null, null),
  (6, date '2026-03-01', 'channel', 'shop', null, 500, null, 1, null, 0, null),
  (7, date '2026-01-01', 'channel', 'web', null, 300, null, 1, null, 1, 0.6),
  (8, date '2026-02-01', 'channel', 'web', null, 350, 350.05, 1, null, 1, null),
  (9, date '2026-03-01', 'channel', 'web', null, 0, null, 0, null, null, null),
  (10, date '2026-01-01', 'is_large', null, false, 100, null, 1, null, 0, 0.6),
  (11, date '2026-02-01', 'is_large', null, false, 0, null, 0, null, null, null),
  (12, date '2026-03-01', 'is_large', null, false, 0, null, 0, null, null, null),
  (13, date '2026-01-01', 'is_large', null, true, 300, 250, 1, null, 1, 0.6),
  (14, date '2026-02-01', 'is_large', null, true, 350, null, 1, null, 1, null),
  (15, date '2026-03-01', 'is_large', null, true, 500, null, 1, null, 0, null)
) as t(place, period_start, slicing, channel, is_large, revenue, revenue_target, orders, low, share, share_target)
order by place
