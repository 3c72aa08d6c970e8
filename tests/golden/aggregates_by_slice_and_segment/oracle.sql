with s as (select 1 as nr, 'emergencies' as segment, * from waits where urgent union all select 2, 'all', * from waits),
cells as (
  select * from (values (1, 'emergencies'), (2, 'all')) x(nr, segment),
    (values ('total', null, 0), ('desk', 'a', 1), ('desk', 'b', 2), ('desk', 'c', 3)) t(slicing, desk, k)
)
select date '2026-01-01' as period_start, slicing, c.segment, c.desk,
  avg(minutes) as mean, min(minutes) as shortest, max(minutes) as longest, median(minutes::double) as middle,
  quantile_cont(minutes::double, 0.9) as p90, stddev_samp(minutes) as spread, count(minutes) as waits
from cells c left join s on s.nr = c.nr and (slicing = 'total' or s.desk = c.desk)
group by c.nr, slicing, c.segment, c.desk, k order by c.nr, k
