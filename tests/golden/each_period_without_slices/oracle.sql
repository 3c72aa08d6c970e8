select make_date(2026, k, 1) as period_start, 'total' as slicing, 'all' as segment,
  count(amount) as orders,
  coalesce(sum(amount), 0) as revenue,
  max(amount) as largest,
  count(distinct buyer) as buyers,
  nullif(count(amount), 0) as known_orders,
  count(distinct buyer) filter (channel = 'web') as web_buyers
from range(1, 4) r(k) left join orders on year(ordered_on) = 2026 and month(ordered_on) = k
group by k order by k
