select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, count(*) as files,
  count(*) filter (where path[1:3] = '50%') as starts, count(*) filter (where path[-2:] = '_x') as ends,
  count(*) filter (where position('%_' in path) > 0) as contains, count(*) filter (where path[1:2] = '50') as matches,
  count(*) filter (where length(path) = 3 and path[3:] = 'x') as one_letter,
  count(*) - count(*) filter (where path[-1:] = 'x') as not_matching
from files
