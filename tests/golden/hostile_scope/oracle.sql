select date '2026-01-01' as period_start, 'name' as slicing, 'all' as segment, name, 1 as items
from items where id <= 2 order by name
