select date '2026-01-01' as period_start, 'kind' as slicing, 'all' as segment, kind, count(*) as sales, sum(amount) as amount
from sales_raw where amount >= 5 and shop = 'b' group by kind order by kind
