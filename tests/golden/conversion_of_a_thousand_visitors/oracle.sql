select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 1500 as sessions, 1000 as visitors,
  0.05::double as lead_conversion_rate, 0.025::double as ecommerce_conversion_rate, 20::double as visitors_per_lead
