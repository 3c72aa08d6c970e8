select date '2026-01-01' as period_start, slicing, 'all' as segment, channel, mean::double as mean_of_countries, countries, largest
from (values ('total', null, 30, 1, 30), ('channel', 'shop', 20, 1, 20), ('channel', 'web', 10, 1, 10)) t(slicing, channel, mean, countries, largest)
