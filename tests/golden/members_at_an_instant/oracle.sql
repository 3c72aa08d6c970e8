select date '2026-01-01' as period_start, slicing, 'all' as segment, plan, opening, closing, people_at_end
from (values ('total', null, 1, 3, 2), ('plan', 'new', 0, 2, 1), ('plan', 'old', 1, 0, 0), ('plan', null, 0, 1, 1)) t(slicing, plan, opening, closing, people_at_end)
