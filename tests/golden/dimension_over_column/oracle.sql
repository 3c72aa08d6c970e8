with m as (select if(qty < 0, 0, qty) as q from moves)
select date '2026-01-01' as period_start, if(grouping(q) = 1, 'total', 'qty') as slicing, 'all' as segment, q as qty,
  sum(q) as units, count(*) filter (where q = 0) as moves
from m group by grouping sets ((), (q)) order by grouping(q) desc, q
