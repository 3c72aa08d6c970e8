select date '2026-01-01' as period_start, 'total' as slicing, segment, count(*) as users
from (select *, if(age is null, 'unknown', if(age < 30, 'young', 'old')) as segment from users)
group by segment order by segment = 'unknown', segment = 'old'
