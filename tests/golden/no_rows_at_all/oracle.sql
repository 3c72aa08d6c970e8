select make_date(2030, m, 1) as period_start, 'total' as slicing, segment, null::varchar as channel,
  0.00 as revenue, 0 as orders, 0 as buyers, null::double as aov
from (values (1, 'web'), (2, 'all')) s(nr, segment), range(1, 3) r(m) order by nr, m
