select date '2026-01-01' as period_start, slicing, 'all' as segment, interest, visitors, carts, back, of_keen
from (values ('total', null, 3, 1, 2 / 3.0, 1), ('interest', 'casual', 2, 1, 0.5, null), ('interest', 'keen', 1, 0, 1, 1)) t(slicing, interest, visitors, carts, back, of_keen)
