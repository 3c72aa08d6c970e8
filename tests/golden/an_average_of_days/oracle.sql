select period_start, 'total' as slicing, 'all' as segment, opening, closing, average::double as average_subscribers, fees::double as average_fees, closing_fees
from (values
  (date '2026-02-01', 1, 2, 1.75, 30, 30),
  ('2026-03-01', 2, 1, 1.5, 25, 20),
  ('2026-04-01', null, null, null, null, null)) t(period_start, opening, closing, average, fees, closing_fees)
