select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 6 / 27 as lead_conversion_rate, 0.1::double as mean_of_profiles, 1::double as icp_homogeneity
