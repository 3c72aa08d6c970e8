select period_start, 'total' as slicing, 'all' as segment, fiscal_ytd, ytd, fiscal_qtd
from (values (date '2026-06-01', 7, 6, 4), ('2026-07-01', 8, 14, 8)) t(period_start, fiscal_ytd, ytd, fiscal_qtd)
