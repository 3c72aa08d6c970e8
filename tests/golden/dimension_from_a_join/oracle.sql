with placed as (
  select o.amount, coalesce(c.country = 'FR', false) as home, coalesce(c.tier = 'gold', false) as gold
  from orders o left join customers c using (customer_id)
), two as (
  select 1 as nr, if(home, 'home', 'export') as market, null::boolean as premium, * from placed
  union all select 2, null, gold and amount > 10, * from placed
)
select date '2026-01-01' as period_start, if(nr = 1, 'market', 'premium') as slicing, 'all' as segment, market, premium,
  sum(amount)::decimal(12,2) as revenue, count(*) filter (where gold) as gold
from two group by nr, market, premium order by nr, market, premium
