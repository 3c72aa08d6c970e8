select period_start, slicing, 'all' as segment, band, answers, nps::double as nps
from (values
  (date '2026-01-01', 'total', null, 11, -500 / 11),
  ('2026-02-01', 'total', null, 10, 60),
  ('2026-01-01', 'band', 'detractor', 7, -100),
  ('2026-02-01', 'band', 'detractor', 1, -100),
  ('2026-01-01', 'band', 'passive', 2, 0),
  ('2026-02-01', 'band', 'passive', 2, 0),
  ('2026-01-01', 'band', 'promoter', 2, 100),
  ('2026-02-01', 'band', 'promoter', 7, 100)) t(period_start, slicing, band, answers, nps)
