select * from (values
  (date '2026-01-01', 'total', 'all', null::bigint, null, 4, 2),
  ('2026-01-01', 'size', 'all', 9, null, 2, 2),
  ('2026-01-01', 'size', 'all', 10, null, 1, 1),
  ('2026-01-01', 'size', 'all', null, null, 1, 1),
  ('2026-01-01', 'shop', 'all', null, 'x', 3, 2),
  ('2026-01-01', 'shop', 'all', null, 'y', 1, 1)
) t(period_start, slicing, segment, size, shop, orders, buyers)
