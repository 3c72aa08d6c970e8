select date '2026-02-01' as period_start, 'total' as slicing, 'all' as segment,
  300 as revenue, 100 as revenue_previous, 200 as revenue_change, 2 as revenue_change_ratio,
  0.5 as share_of_a, 1 as share_of_a_previous, -0.5 as share_of_a_change, -0.5 as share_of_a_change_ratio,
  1.0 as attained_more, 0.5 as attained_more_previous, 0.5 as attained_more_change, 1 as attained_more_change_ratio
union all
select date '2026-03-01', 'total', 'all', 60, 150, -90, -0.6, 1, 1, 0, 0, 0.2 - 0.75, 0.75, -1.3, -1.3 / 0.75
