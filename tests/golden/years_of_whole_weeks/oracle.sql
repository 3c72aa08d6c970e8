select period_start, 'total' as slicing, 'all' as segment, sales, before
from (values (date '2019-12-30', 3, 16), ('2021-01-04', 12, 3)) t(period_start, sales, before)
