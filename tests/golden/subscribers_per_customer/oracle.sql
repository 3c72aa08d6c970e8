select period_start, 'total' as slicing, 'all' as segment, n::double as per_customer, several as with_several, fees::double as fees_per_customer
from (values (date '2026-01-01', 1.5, 1, 35), ('2026-02-01', 1, 0, 25)) t(period_start, n, several, fees)
