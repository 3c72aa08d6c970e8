select period_start, 'total' as slicing, 'all' as segment, customers_at_start, new_customers, lost_customers, customers_at_end,
  churn::double as churn_rate, (1 - churn)::double as retention_rate, 1::double as all_of_them
from (values (date '2026-01-01', 1000, 120, 50, 1070, 0.05), ('2026-02-01', 1070, 0, 0, 1070, 0))
  t(period_start, customers_at_start, new_customers, lost_customers, customers_at_end, churn)
