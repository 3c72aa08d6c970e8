select make_date(y, 1, 1) as period_start, 'total' as slicing, 'all' as segment, count(*) as calls, sum(seconds) as seconds
from (select *, year("at") as y from calls) group by y order by y
