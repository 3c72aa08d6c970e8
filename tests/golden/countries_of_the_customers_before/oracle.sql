select date '2026-02-01' as period_start, slicing, 'all' as segment, country, revenue, before, buyers_2m
from (values ('total', null, 12, 70, 4), ('country', 'DE', 0, 20, 1), ('country', 'FR', 12, 10, 2), ('country', null, 0, 40, 1)) t(slicing, country, revenue, before, buyers_2m)
