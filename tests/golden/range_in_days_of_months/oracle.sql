select date '2026-02-01' as period_start, 'total' as slicing, 'all' as segment, count(*) as sales
from sales where month(sold_on) = 2
