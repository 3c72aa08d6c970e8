select m as period_start, 'total' as slicing, 'all' as segment, revenue, revenue_28d, per_customer, typical, before
from (values (date '2026-03-02', 275, 375, 137.5, 90, 0), ('2026-03-09', 90, 465, 90, 90, 0)) t(m, revenue, revenue_28d, per_customer, typical, before)
