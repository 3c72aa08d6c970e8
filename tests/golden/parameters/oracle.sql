select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment,
  count(*) filter (where amount > 30) as big, count(*) filter (where country = 'FR') as home,
  count(*) filter (where ordered_on >= '2026-02-01') as late, count(*) filter (where ordered_on >= '2026-02-08') as later,
  count(*) * 0.5 as half, 0 as is_many
from orders left join customers using (customer_id)
