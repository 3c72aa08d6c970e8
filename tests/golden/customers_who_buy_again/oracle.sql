select period_start, 'total' as slicing, 'all' as segment, buyers as repeat_buyers, buyers / of_all as repurchase_rate
from (values (date '2026-01-01', 2, 3), ('2026-02-01', 1, 2)) t(period_start, buyers, of_all)
