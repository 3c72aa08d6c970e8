select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, 2 as visits,
  14 as a1, 16 as a3, null::int as a5, 17 as al, 15 as "as", 10 as b1, 11 as b2, 12 as b3, 11 as bl, 11 as b7, null::int as b5
