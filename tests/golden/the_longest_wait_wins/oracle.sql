select date '2026-03-01' as period_start, 'total' as slicing, 'all' as segment, 31 as ordered, 3 as shipped_after_three, 15 as ordered_after_one,
  12 as open_orders, 6 as both
