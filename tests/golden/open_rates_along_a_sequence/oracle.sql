select period_start, slicing, 'all' as segment, sequence, decay, linked, decay_of_some
from (values
  (date '2026-01-01', 'total', null, -0.25, 2 / sqrt(48 / 9.0), -0.25),
  ('2026-02-01', 'total', null, -0.5 / 3, null, null),
  ('2026-03-01', 'total', null, null, null, null),
  ('2026-01-01', 'sequence', 'a', -0.5, null, -0.5),
  ('2026-02-01', 'sequence', 'a', -0.5 / 3, null, null),
  ('2026-03-01', 'sequence', 'a', null, null, null),
  ('2026-01-01', 'sequence', 'b', 0, null, 0),
  ('2026-02-01', 'sequence', 'b', null, null, null),
  ('2026-03-01', 'sequence', 'b', null, null, null)
) t(period_start, slicing, sequence, decay, linked, decay_of_some)
