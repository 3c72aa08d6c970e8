select date '2026-02-01' as period_start, 'total' as slicing, 'all' as segment, 50 as revenue, 10 as before, 15 as before_whole, 65 as two_months, 65 as ytd,
  20 as waiting, 2 as opening, 2 as closing, 1 / 2 as churn_rate
