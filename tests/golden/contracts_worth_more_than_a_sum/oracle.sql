select period_start, 'total' as slicing, 'all' as segment, high, nothing, rolled as high_of_three_days
from (values (date '2026-10-23', 0, 1, 0), ('2026-10-24', 0, 0, 0), ('2026-10-25', 1, 0, 25 / 73), ('2026-10-26', 0, 1, 25 / 73)) t(period_start, high, nothing, rolled)
