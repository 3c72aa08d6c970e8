select period_start, 'total' as slicing, 'all' as segment, stayed, stayed / there as retention_of_those_at_start, lost / there as churn_rate
from (values (date '2026-01-01', 3, 4, 2), ('2026-02-01', 4, 5, 1)) t(period_start, stayed, there, lost)
