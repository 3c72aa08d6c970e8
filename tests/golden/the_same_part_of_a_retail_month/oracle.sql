select period_start, 'total' as slicing, 'all' as segment, sales, month_before, year_before, whole as whole_year_before
from (values (date '2025-10-26', 6, 1, 256, 256), ('2025-11-23', 24, 6, 96, 224)) t(period_start, sales, month_before, year_before, whole)
