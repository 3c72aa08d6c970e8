select period_start, 'total' as slicing, 'all' as segment, opening, arrivals, departures, opening + arrivals - departures as closing, (opening + arrivals - departures)::double as average_guests
from (values
  (date '2026-03-01', 0, 1, 0),
  ('2026-03-02', 1, 3, 1),
  ('2026-03-03', 3, 0, 2),
  ('2026-03-04', 1, 0, 1)) t(period_start, opening, arrivals, departures)
