select * from (values
  (date '2026-01-01', 'total', 'all', null, 1.0, 18014398509481986.04, 3.0, 0.7, 0),
  ('2026-01-01', 'kind', 'all', 'a', 0.3, 18014398509481986.03, 0.9, 0.0, 1),
  ('2026-01-01', 'kind', 'all', 'b', 0.7, 0.01, 2.1, 0.4, 0)
) t(period_start, slicing, segment, kind, amount, large, scaled, difference, exact)
