select period_start, 'total' as slicing, segment, closing, average::double as average_on_hand, articles as articles_at_end, average_articles::double as average_articles
from (values
  (date '2026-01-01', 'berlin', 0, 2.5, 0, 0.5),
  ('2026-02-01', 'berlin', 3, 3, 1, 1),
  ('2026-01-01', 'all', 0, 2.5, 0, 0.5),
  ('2026-02-01', 'all', 3, 3, 1, 1)) t(period_start, segment, closing, average, articles, average_articles)
