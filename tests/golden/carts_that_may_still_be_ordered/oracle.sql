select period_start, 'total' as slicing, 'all' as segment, carts, settled_carts, rate::double as cart_abandonment_rate
from (values (date '2026-02-01', 1, 1, 1), ('2026-03-01', 7, 5, 0.6)) t(period_start, carts, settled_carts, rate)
