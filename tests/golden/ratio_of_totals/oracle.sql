select * from (
  select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, null::varchar as page, sum(buys) / sum(visits) as conversion from visits
  union all
  select date '2026-01-01', 'page', 'all', page, if(visits = 0, null, buys / visits) from visits
) order by slicing <> 'total', page
