select period_start, slicing, 'all' as segment, tier, orders, shipped, share::double as gold_share from (values
  (date '2026-01-01', 'total', null, 5, 3, 0),
  ('2026-02-01', 'total', null, 1, 2, 1),
  ('2026-01-01', 'tier', 'gold', 0, 0, null),
  ('2026-02-01', 'tier', 'gold', 1, 2, 1),
  ('2026-01-01', 'tier', 'silver', 2, 0, 0),
  ('2026-02-01', 'tier', 'silver', 0, 0, null),
  ('2026-01-01', 'tier', null, 3, 3, 0),
  ('2026-02-01', 'tier', null, 0, 0, null)) t(period_start, slicing, tier, orders, shipped, share)
