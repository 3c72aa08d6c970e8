select period_start, 'total' as slicing, 'all' as segment, visits, mtd, ever
from (values (date '2026-03-01', 1, 1, 9), ('2026-03-02', 2, 3, 11), ('2026-03-03', null, null, null)) t(period_start, visits, mtd, ever)
