with n as (
  select name, sum(value) as value, coalesce(sum(parts), 0) as parts,
    coalesce(sum(case when parts <> 0 then value::double / parts end), 0) as shares from lines group by name
)
select date '2026-01-01' as period_start, 'name' as slicing, 'all' as segment, name,
  case when parts <> 0 then value / parts end as per_part, shares,
  case when parts <> 0 and value <> 0 then parts / value end as inverse,
  case when parts <> 0 then value / parts + 1 end as shifted
from n order by name
