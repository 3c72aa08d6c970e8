select period_start, 'total' as slicing, 'all' as segment, visits, mtd, ytd
from (values (date '2026-01-19', 2, 3, 3), ('2026-01-26', 28, 16, 31), ('2026-02-02', 32, 48, 63)) t(period_start, visits, mtd, ytd)
