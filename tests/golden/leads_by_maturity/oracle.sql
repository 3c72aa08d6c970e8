select period_start, slicing, 'all' as segment, maturity, channel, leads, share
from (values
  (date '2026-01-01', 'total', null, null, 3, 1),
  ('2026-02-01', 'total', null, null, 5, 1),
  ('2026-01-01', 'maturity', 'cold', null, 1, 1 / 3.0),
  ('2026-02-01', 'maturity', 'cold', null, 2, 2 / 5.0),
  ('2026-01-01', 'maturity', 'hot', null, 1, 1 / 3.0),
  ('2026-02-01', 'maturity', 'hot', null, 1, 1 / 5.0),
  ('2026-01-01', 'maturity', 'warm', null, 1, 1 / 3.0),
  ('2026-02-01', 'maturity', 'warm', null, 2, 2 / 5.0),
  ('2026-01-01', 'maturity,channel', 'cold', 'shop', 0, 0),
  ('2026-02-01', 'maturity,channel', 'cold', 'shop', 1, 1 / 3.0),
  ('2026-01-01', 'maturity,channel', 'cold', 'web', 1, 1 / 2.0),
  ('2026-02-01', 'maturity,channel', 'cold', 'web', 1, 1 / 3.0),
  ('2026-01-01', 'maturity,channel', 'hot', 'shop', 1, 1),
  ('2026-02-01', 'maturity,channel', 'hot', 'shop', 1, 1 / 3.0),
  ('2026-01-01', 'maturity,channel', 'warm', 'shop', 0, 0),
  ('2026-02-01', 'maturity,channel', 'warm', 'shop', 1, 1 / 3.0),
  ('2026-01-01', 'maturity,channel', 'warm', 'web', 1, 1 / 2.0),
  ('2026-02-01', 'maturity,channel', 'warm', 'web', 2, 2 / 3.0)
) t(period_start, slicing, maturity, channel, leads, share)
