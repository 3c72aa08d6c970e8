select period_start, 'total' as slicing, 'all' as segment, churn::double as churn_rate, arpc::double as average_revenue_per_customer, margin::double as gross_margin_rate,
  ltv::double as ltv, lifetime::double as lifetime, ltv::double as ltv_by_lifetime, cac::double as cac, cpl::double as cpl,
  by_cac::double as ltv_cac_ratio, by_cpl::double as ltv_cpl_ratio, payback::double as payback_years
from (values
  (date '2026-01-01', 0.1, 100, 0.5, 500, 10, 100, 10, 5, 50, 2),
  ('2027-01-01', 0.2, 100, 0.5, 250, 5, 0, null, null, null, 0),
  ('2028-01-01', 0.2, 120, 0.5, 300, 5, 100, null, 3, null, 100 / 60),
  ('2029-01-01', 0, 90, 60 / 90, null, null, null, null, null, null, null))
  t(period_start, churn, arpc, margin, ltv, lifetime, cac, cpl, by_cac, by_cpl, payback)
