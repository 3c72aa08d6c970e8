select * from (values (date '2026-01-01', 'total', 'all', 18446744073709551615::hugeint, 24691357802469135780246913579::hugeint, 36893488147419103230::hugeint))
  t(period_start, slicing, segment, units, cents, twice)
