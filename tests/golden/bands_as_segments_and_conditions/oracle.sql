select date '2026-01-01' as period_start, 'total' as slicing, segment, orders, revenue, not_big, of_web
from (values ('all', 3, 21, 13, 8 / 18.0), ('big', 1, 8, 0, 1), ('small', 1, 10, 10, 0), ('big_in_web', 1, 8, 0, 1)) t(segment, orders, revenue, not_big, of_web)
