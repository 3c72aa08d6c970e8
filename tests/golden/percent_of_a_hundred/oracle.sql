select date '2026-01-01' as period_start, if(grouping(shop) = 1, 'total', 'shop') as slicing, 'all' as segment, shop,
  avg(discount) / 100.0 as mean_discount, sum(amount * discount) / 100.0 as given,
  sum(amount * discount) / 100.0 / sum(amount) as effective, count(*) filter (where discount > 2.495) as high
from rates group by grouping sets ((), (shop)) order by grouping(shop) desc, shop
