select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 3 as visitors, 3 as carts, 2 as buyers,
  3600::double as to_cart, 1815::double as to_buy, 30::double as slowest
