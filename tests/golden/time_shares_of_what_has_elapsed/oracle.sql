select period_start, 'total' as slicing, 'all' as segment,
  down as share_down, 1 - down as share_up, before, before_whole, of_45 as of_45_days, of_7 as of_7_days, ytd as of_the_year, waiting,
  known as since_february, of_45_known as of_45_since_february, 1 - down - before as growth
from (values
  (date '2026-01-01', 10/31, 0, 0, 10/45, 5/7, 10/31, 10/31, null, null),
  ('2026-02-01', 4/28, 10/31, 10/31, 14/45, 4/7, 14/59, 4/28, 4/28, 4/28),
  ('2026-03-01', 3.5/10, 0, 4/28, 7.5/24, null, 17.5/69, 2/8, 3.5/10, 7.5/24),
  ('2026-04-01', null, null, 3.5/10, null, null, null, null, null, null)
) t(period_start, down, before, before_whole, of_45, of_7, ytd, waiting, known, of_45_known)
