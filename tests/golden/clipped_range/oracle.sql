with kept as (select * from sales where sold_on between '2026-01-10' and '2026-02-15')
select m as period_start, slicing, 'all' as segment, t.shop, count(k.id) as sales
from (values (date '2026-01-01'), ('2026-02-01')) p(m)
cross join (values ('total', null), ('shop', 'b')) t(slicing, shop)
left join kept k on date_trunc('month', sold_on) = m
group by m, slicing, t.shop order by slicing <> 'total', m
