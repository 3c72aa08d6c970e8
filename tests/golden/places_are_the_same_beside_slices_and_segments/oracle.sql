select date '2026-01-01' as period_start, slicing, segment, channel, country, is_others, revenue, share_of_countries
from (values
  ('total', 'all', null, null, null, 225, 1.0::double),
  ('channel,country', 'all', 'shop', 'FR', false, 100, 100 / 125),
  ('channel,country', 'all', 'shop', null, true, 25, 25 / 125),
  ('channel,country', 'all', 'web', 'FR', false, 10, 10 / 100),
  ('channel,country', 'all', 'web', null, true, 90, 90 / 100),
  ('channel', 'all', 'shop', null, null, 125, 1),
  ('channel', 'all', 'web', null, null, 100, 1),
  ('total', 'web', null, null, null, 100, 1),
  ('channel,country', 'web', 'shop', 'FR', false, 0, null),
  ('channel,country', 'web', 'shop', null, true, 0, null),
  ('channel,country', 'web', 'web', 'FR', false, 10, 10 / 100),
  ('channel,country', 'web', 'web', null, true, 90, 90 / 100),
  ('channel', 'web', 'shop', null, null, 0, null),
  ('channel', 'web', 'web', null, null, 100, 1)
) t(slicing, segment, channel, country, is_others, revenue, share_of_countries)
