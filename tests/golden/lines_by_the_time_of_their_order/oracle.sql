select period_start, 'total' as slicing, 'all' as segment, units, before, units_28d, units_ytd, products, products_ever
from (values (date '2026-01-01', 5, 0, 5, 5, 2, 2), ('2026-02-01', 12, 5, 12, 17, 2, 3)) t(period_start, units, before, units_28d, units_ytd, products, products_ever)
