with o as (select *, date_trunc('month', ordered_on)::date as m, coalesce(device, '?') = 'mobile' as mobile from orders)
select m as period_start, 'total' as slicing, 'all' as segment,
  avg(amount::double) as aov, avg(amount::double) filter (where mobile) as mobile_aov,
  coalesce(sum(amount) filter (where channel = 'web'), 0)::double / sum(amount) as web_share,
  avg(amount::double) filter (where channel = 'web' and mobile) - avg(amount::double) filter (where not mobile) as lift
from o group by m order by m
