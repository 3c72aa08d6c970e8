select date '2026-01-01' as period_start, slicing, 'all' as segment, campaign, seen_on, impressions, reach, impressions / reach as exposure_frequency
from (values
  ('total', null, null, 9, 3),
  ('campaign', 'brand', null, 4, 2),
  ('campaign', 'promo', null, 5, 3),
  ('seen_on', null, date '2026-01-05', 3, 2),
  ('seen_on', null, '2026-01-06', 3, 2),
  ('seen_on', null, '2026-01-07', 3, 1)) t(slicing, campaign, seen_on, impressions, reach)
