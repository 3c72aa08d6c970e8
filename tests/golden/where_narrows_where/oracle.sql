select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment,
  count(*) filter (where channel = 'web') as web,
  count(*) filter (where channel = 'web' and device = 'mobile') as web_mobile, 0 as never
from orders where device is distinct from 'desktop'
