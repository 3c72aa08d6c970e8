select period_start, 'total' as slicing, 'all' as segment, sales, before, year_before, fiscal_ytd
from (values (date '2025-11-01', 3, 16, 0, 51), ('2026-02-01', 12, 3, 32, 12)) t(period_start, sales, before, year_before, fiscal_ytd)
