select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 2 / 4 as churn_rate, 2 / 4 as retention_rate, 1::double as both
