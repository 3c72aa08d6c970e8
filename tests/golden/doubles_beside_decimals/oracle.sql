select * from (values
  (date '2026-01-01', 'kind', 'all', 'a', 1.25::double, 1.25::double, 1e-17::double, 1e-17::double, 0, 1, 0),
  ('2026-01-01', 'kind', 'all', 'b', 1e20, 1e20, 1e20, 1e20, 1, 0, 0),
  ('2026-01-01', 'kind', 'all', 'c', 1, 50, 0.25, 50, 1, 0, 2)
) t(period_start, slicing, segment, kind, either, larger, known, chosen, heavy, light, quarters)
