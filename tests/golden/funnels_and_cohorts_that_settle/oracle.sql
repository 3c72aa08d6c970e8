select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, (3 / 5)::double as conversion, (2 / 5)::double as bought,
  (2 / 3)::double as settled_conversion, (2 / 4)::double as settled_bought
