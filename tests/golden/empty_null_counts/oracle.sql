select make_date(2026, k, 1) as period_start, 'total' as slicing, 'all' as segment,
  count(order_id) as orders,
  nullif(count(*) filter (returned), 0) as returns,
  nullif(count(distinct customer_id) filter (returned), 0) as returners,
  nullif(count(*) filter (channel = 'shop'), 0) as in_shops
from range(1, 4) r(k) left join orders on month(ordered_on) = k
group by k order by k
