select date '2026-01-01' as period_start, if(grouping(team) = 1, 'total', 'team') as slicing, 'all' as segment, team,
  avg(epoch(closed_at) - epoch(opened_at)) as time_to_close,
  count(*) filter (where closed_at > opened_at + interval 2 hour) as slow,
  max(epoch(closed_at) - epoch(opened_at)) as longest, count(closed_at) as closed
from tickets group by grouping sets ((), (team)) order by grouping(team) desc, team
