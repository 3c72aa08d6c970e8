select period_start, 'total' as slicing, 'all' as segment, sales, ytd, weeks_to_date
from (values (date '2020-12-28', 3, 2, 27), ('2021-01-04', 4, 6, 4)) t(period_start, sales, ytd, weeks_to_date)
