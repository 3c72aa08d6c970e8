select period_start, 'total' as slicing, 'all' as segment, sales, before, two_years
from (values (date '2024-04-01', 3, 16, 19), ('2025-04-01', 12, 3, 15)) t(period_start, sales, before, two_years)
