select period_start, 'total' as slicing, 'all' as segment,
  over / 24 as overloaded, under / 24 as understaffed, load / 24 as loaded, none / 24 as alone
from (values (date '2026-05-03', 0, 0, 0, 24), ('2026-05-04', 4, 14, 4, 16), ('2026-05-05', 0, 24, 0, 24)) t(period_start, over, under, load, none)
