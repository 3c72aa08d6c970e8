with o as (select o.*, c.country, c.tier from orders o left join customers c using (customer_id)),
s as (
  select 1 as nr, 'french' as segment, * from o where country = 'FR'
  union all select 2, 'not_french', * from o where country is null or country <> 'FR'
  union all select 3, 'all', * from o
), cells as (
  select * from (select distinct nr, segment from s), (values ('total', null, 0), ('tier', 'gold', 1), ('tier', 'silver', 2), ('tier', null, 3)) t(slicing, tier, k)
)
select date '2026-01-01' as period_start, slicing, c.segment, c.tier, count(order_id) as orders, count(distinct customer_id) as buyers
from cells c left join s on s.nr = c.nr and (slicing = 'total' or s.tier is not distinct from c.tier)
group by c.nr, slicing, c.segment, c.tier, k order by c.nr, k
