select period_start, 'total' as slicing, 'all' as segment, rate::double as cross_sell_rate, mean::double as categories_per_customer
from (values (date '2026-01-01', 1 / 3, 4 / 3), ('2026-02-01', 1 / 2, 3 / 2)) t(period_start, rate, mean)
