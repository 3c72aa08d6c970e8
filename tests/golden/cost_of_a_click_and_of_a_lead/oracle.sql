select period_start, slicing, 'all' as segment, campaign, campaign_cost, cpc::double as cpc, cpl::double as cpl
from (values
  (date '2026-01-01', 'total', null, 1500, 7.5, 15),
  ('2026-02-01', 'total', null, 130, 32.5, 65),
  ('2026-01-01', 'campaign', 'fair', 1000, null, 10),
  ('2026-02-01', 'campaign', 'fair', 0, 0, 0),
  ('2026-01-01', 'campaign', 'post', 0, null, null),
  ('2026-02-01', 'campaign', 'post', 80, null, null),
  ('2026-01-01', 'campaign', 'search', 500, 2.5, null),
  ('2026-02-01', 'campaign', 'search', 50, null, null)) t(period_start, slicing, campaign, campaign_cost, cpc, cpl)
