select period_start, 'total' as slicing, 'all' as segment, sales, before, before as a_year_before, so_far as of_the_calendar_year
from (values (date '2022-01-30', 6, 1, 4), ('2023-01-29', 120, 6, 112), ('2024-02-04', 384, 120, 256)) t(period_start, sales, before, so_far)
