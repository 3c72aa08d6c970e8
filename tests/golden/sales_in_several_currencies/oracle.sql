select m as period_start, slicing, 'all' as segment, shop, eur as revenue_eur, usd as revenue_usd, dollars,
  eur::double / nullif(before, 0) - 1 as growth, in_dollars, biggest, large, usd::double / nullif(eur, 0) as dollars_a_euro
from (values
  (date '2026-03-01', 'total', null, 256, 278, 200, 184, 185, 95, 1),
  ('2026-04-01', 'total', null, 8, 10, 10, 256, 8, 8, 0),
  ('2026-03-01', 'shop', 'a', 140, 155, 100, 184, 90, 90, 0),
  ('2026-04-01', 'shop', 'a', 8, 10, 10, 140, 8, 8, 0),
  ('2026-03-01', 'shop', 'b', 116, 123, 100, 0, 95, 95, 1),
  ('2026-04-01', 'shop', 'b', 0, 0, 0, 116, 0, null, 0)) t(m, slicing, shop, eur, usd, dollars, before, in_dollars, biggest, large)
