select date '2026-01-01' as period_start, if(grouping(team) = 1, 'total', 'team') as slicing, 'all' as segment, team,
  avg(score) as mean, sum(score)::double / nullif(count(score), 0) as by_hand,
  avg(score) filter (where score >= 5) as mean_of_good, count(score) as answers, count(*) as rows_of
from scores group by grouping sets ((), (team)) order by grouping(team) desc, team
