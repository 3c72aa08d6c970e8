select date '2026-01-01' as period_start, slicing, 'all' as segment, country, is_others,
  revenue, revenue_target, revenue / revenue_target as revenue_attainment, revenue / revenue_target as revenue_pacing,
  case when revenue_target is null then 'no_target' else 'on_track' end as revenue_status, revenue as revenue_projected,
  order_value, order_value_target, order_value / order_value_target as order_value_attainment, order_value / order_value_target as order_value_pacing,
  order_value_status, order_value as order_value_projected
from (values
  ('total', null, null, 175, 160, 25::double, 20, 'on_track'),
  ('country', 'FR', false, 60, 40, 30, 30, 'on_track'),
  ('country', 'DE', false, 40, 30, 40, 20, 'on_track'),
  ('country', null, true, 75, null, 18.75, 20, 'off_track')
) t(slicing, country, is_others, revenue, revenue_target, order_value, order_value_target, order_value_status)
