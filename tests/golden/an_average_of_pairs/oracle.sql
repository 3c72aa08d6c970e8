select period_start, 'total' as slicing, 'all' as segment, pairs::double as average_pairs, customers::double as average_customers, at_end as pairs_at_end
from (values (date '2026-01-01', 47 / 31, 46 / 31, 3), ('2026-02-01', 3, 2, 3)) t(period_start, pairs, customers, at_end)
