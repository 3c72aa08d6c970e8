select period_start, 'region' as slicing, 'all' as segment, region, share_so_far, known_share, known_place
from (values
  (date '2026-01-01', 'east', null, null, null),
  ('2026-02-01', 'east', null, null, 1),
  ('2026-03-01', 'east', 1.0, 1.0, 2),
  ('2026-01-01', 'north', null, null, 2),
  ('2026-02-01', 'north', null, null, null),
  ('2026-03-01', 'north', 1.0, null, null),
  ('2026-01-01', 'south', null, null, 1),
  ('2026-02-01', 'south', null, null, 1),
  ('2026-03-01', 'south', 0.6, 0.6, 1),
  ('2026-01-01', 'west', null, null, null),
  ('2026-02-01', 'west', null, null, null),
  ('2026-03-01', 'west', 1.0, 1.0, 2)
) t(period_start, region, share_so_far, known_share, known_place)
