with r as (select "drop table x; --" as v, "a.b" as g, "été" as e from "odd; table"),
s as (select 1 as nr, 'where' as segment, * from r where g = 'g''1' union all select 2, 'all', * from r),
t(slicing, g, e, k) as (values ('group', 'g''1', null, 0), ('group', null, null, 1), ('été', null, 'é', 2), ('été', null, '😀', 3))
select date '2026-01-01' as period_start, slicing, c.segment, t.g as "group", t.e as "été",
  coalesce(sum(v), 0) as "sum", count(v) as "count(*)", sum(v) / nullif(count(v), 0) as "ratio /* a */"
from (values (1, 'where'), (2, 'all')) c(nr, segment) cross join t
left join s on s.nr = c.nr and if(slicing = 'group', s.g is not distinct from t.g, s.e = t.e)
group by c.nr, c.segment, slicing, t.g, t.e, k order by c.nr, k
