select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 7 as visits, 3 as covered, 1 / 4 as consent_coverage_rate
