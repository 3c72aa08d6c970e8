with known as (select * from sales where sold_on < '2026-02-16')
select m as period_start, slicing, 'all' as segment, t.shop,
  case when m < '2026-02-16' then count(k.id) end as sales,
  case when m < '2026-02-16' then coalesce(sum(amount), 0) end::decimal(10,2) as revenue, avg(amount) as mean
from (values (date '2026-01-01'), ('2026-02-01'), ('2026-03-01'), ('2026-04-01')) p(m)
cross join (values ('total', null), ('shop', 'a')) t(slicing, shop)
left join known k on date_trunc('month', sold_on) = m and (slicing = 'total' or k.shop = t.shop)
group by m, slicing, t.shop order by slicing <> 'total', m
