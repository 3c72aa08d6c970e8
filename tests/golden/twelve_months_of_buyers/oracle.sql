select period_start, 'total' as slicing, 'all' as segment, orders as orders_12m, buyers as buyers_12m, orders / buyers as purchase_frequency
from (values (date '2026-01-01', 5, 3), ('2026-02-01', 4, 2)) t(period_start, orders, buyers)
