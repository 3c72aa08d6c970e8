select m as period_start, slicing, 'all' as segment, shop, sales, visits, sales / nullif(visits, 0) as conversion
from (
  select m, slicing, t.shop, nr,
    case when m >= '2026-02-01' then (select count(*) from sales s where date_trunc('month', sold_on) = m and (slicing = 'total' or s.shop = t.shop)) end as sales,
    (select count(*) from visits v where date_trunc('month', day) = m and (slicing = 'total' or v.shop = t.shop)) as visits
  from (values (date '2026-01-01'), ('2026-02-01'), ('2026-03-01')) p(m)
  cross join (values ('total', null, 0), ('shop', 'a', 1), ('shop', 'b', 2)) t(slicing, shop, nr)
) order by nr, m
