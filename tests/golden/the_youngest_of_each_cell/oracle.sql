select date '2026-01-01' as period_start, slicing, 'all' as segment, country, rate::double as active_rate_d7
from (values ('total', null, null), ('country', 'DE', null), ('country', 'FR', 0.5)) t(slicing, country, rate)
