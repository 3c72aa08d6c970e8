select period_start, 'total' as slicing, 'all' as segment, a as to_cart, b as to_cart_quickly, c as to_pay, d as days_to_pay
from (values (date '2026-03-01', 7200::double, 3600::double, 345600::double, 4::double), ('2026-04-01', 900, 900, 0, 0)) t(period_start, a, b, c, d)
