select * from (values
  (date '2026-01-01', 'kind', 'all', 'a', 27000000.00, 8100000.000, 9000000.000, 5400000.000, 1, 27000000.000, 27000000.000),
  ('2026-01-01', 'kind', 'all', 'b', 21.00, 9.975, 0.125, 4.200, 1, 0.125, 21.125)
) t(period_start, slicing, segment, kind, revenue, net, fee, vat, dear, chosen, most)
