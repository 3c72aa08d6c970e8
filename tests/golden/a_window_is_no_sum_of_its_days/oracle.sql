select period_start, 'total' as slicing, 'all' as segment, pages as pages_7d, visitors as visitors_7d, median::double as median_7d,
  pages / visitors as per_visitor_7d, of_the_day::double as pages_per_visitor
from (values
  (date '2026-03-01', 14, 2, 4, 8),
  ('2026-03-02', 12, 2, 6, null),
  ('2026-03-03', 60, 3, 12, 24),
  ('2026-03-04', 56, 3, 16, null)) t(period_start, pages, visitors, median, of_the_day)
