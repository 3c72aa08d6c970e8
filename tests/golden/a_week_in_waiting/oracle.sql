select period_start, 'total' as slicing, 'all' as segment, due as terms_due, rate::double as renewal_rate, before::double as renewal_rate_before
from (values (date '2026-02-01', 2, 0.5, null), ('2026-03-01', 3, 0.5, 0)) t(period_start, due, rate, before)
