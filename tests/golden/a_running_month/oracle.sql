select date '2026-03-01' as period_start, 'total' as slicing, 'all' as segment,
  600 as amount, 1240 as amount_target, 600 / 1240 as amount_attainment, 600 / 840 as amount_pacing, 'off_track' as amount_status, 600 * 31 / 21 as amount_projected,
  300 as settled_amount, 1240 as settled_amount_target, 300 / 1240 as settled_amount_attainment, 300 / 560 as settled_amount_pacing, 'off_track' as settled_amount_status, 300 * 31 / 14 as settled_amount_projected,
  2 as customers, 6 as customers_target, 2 / 6 as customers_attainment, 2 * 31 / 126 as customers_pacing, 'off_track' as customers_status, null::double as customers_projected,
  2 as subscribers, 4 as subscribers_target, 0.5 as subscribers_attainment, 0.5 as subscribers_pacing, 'off_track' as subscribers_status, null::double as subscribers_projected,
  200 as per_order, 250 as per_order_target, 0.8 as per_order_attainment, 0.8 as per_order_pacing, 'off_track' as per_order_status, 200 as per_order_projected,
  600 as against_before, 1860 as against_before_target, 600 / 1860 as against_before_attainment, 600 / 1260 as against_before_pacing, 'off_track' as against_before_status, 600 * 31 / 21 as against_before_projected,
  500 as recent, 700 as recent_target, 500 / 700 as recent_attainment, 500 / 700 as recent_pacing, 'off_track' as recent_status, null::double as recent_projected
