select period_start, 'total' as slicing, 'all' as segment, day_1::double as day_1, ever::double as ever,
  day_1_before::double as day_1_before, ever_before::double as ever_before, ever_whole::double as ever_whole
from (values (date '2026-01-01', 1 / 3, 1, null, null, null), ('2026-02-01', 1 / 2, 1, 1 / 2, 1 / 2, 1)) t(period_start, day_1, ever, day_1_before, ever_before, ever_whole)
