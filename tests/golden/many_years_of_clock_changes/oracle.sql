select make_date(y::integer, 1, 1) as period_start, 'total' as slicing, 'all' as segment,
  case y when 2016 then 2 when 2020 then 1 when 2025 then 2 else 0 end as visits
from range(2016, 2026) t(y) order by y
