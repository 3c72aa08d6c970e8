select period_start, slicing, 'all' as segment, channel, gap::double as gap, gap_of_web::double as gap_of_web,
  gap_before::double as gap_before, worth_gap::double as worth_gap, ship_gap::double as ship_gap
from (values
  (date '2026-01-01', 'total', null, 0.015::double, 0.025::double, null, 0, 43200),
  ('2026-02-01', 'total', null, -0.0125, -0.025, 0.015, 10, -86400),
  ('2026-03-01', 'total', null, null, null, -0.0125, null, null),
  ('2026-01-01', 'channel', 'shop', 0, null, null, 30, 172800),
  ('2026-02-01', 'channel', 'shop', 1 / 30.0::double - 0.025, null, 0, 10, -86400),
  ('2026-03-01', 'channel', 'shop', null, null, 1 / 30.0::double - 0.025, null, null),
  ('2026-01-01', 'channel', 'web', 0.025, 0.025, null, -10, 0),
  ('2026-02-01', 'channel', 'web', -0.025, -0.025, 0.025, null, null),
  ('2026-03-01', 'channel', 'web', null, null, -0.025, null, null)
) t(period_start, slicing, channel, gap, gap_of_web, gap_before, worth_gap, ship_gap)
