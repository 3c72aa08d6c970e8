select period_start, slicing, 'all' as segment, channel, trend::double as trend, trend_of_web::double as trend_of_web,
  trend_of_all::double as trend_of_all, trend_of_value::double as trend_of_value, trend_of_buyers::double as trend_of_buyers,
  bend::double as bend, growing
from (values
  (date '2026-04-01', 'total', null, 10, 1.8, 10, 75 / 14, -0.5, 9, 1),
  ('2026-05-01', 'total', null, 8, -1.6, 8, 95 / 14, 0.5, -2, 1),
  ('2026-04-01', 'channel', 'web', 1.8, 1.8, 10, 24 / 7, 0, 1.6, 1),
  ('2026-05-01', 'channel', 'web', -1.6, -1.6, 8, 4, 0, -3.4, 0),
  ('2026-04-01', 'channel', 'shop', -0.8, 0, 10, null, -0.5, -1.6, 0),
  ('2026-05-01', 'channel', 'shop', 6.6, 0, 8, 22 / 3, 0.5, 7.4, 0),
  ('2026-04-01', 'channel', null, 9, 0, 10, null, 0.5, 9, 0),
  ('2026-05-01', 'channel', null, 3, 0, 8, null, 0, -6, 0)
) t(period_start, slicing, channel, trend, trend_of_web, trend_of_all, trend_of_value, trend_of_buyers, bend, growing)
order by slicing = 'channel', channel nulls last, period_start
