with rates(slicing, device, period_start, visited, cart, bought) as (values
  ('total', null, date '2026-01-01', 4, 1/2, 1/2), ('total', null, '2026-02-01', 3, 2/3, 1), ('total', null, '2026-03-01', 0, null, null),
  ('device', 'desktop', '2026-01-01', 2, 1/2, 0), ('device', 'desktop', '2026-02-01', 1, 1, 1), ('device', 'desktop', '2026-03-01', 0, null, null),
  ('device', 'mobile', '2026-01-01', 2, 1/2, 1), ('device', 'mobile', '2026-02-01', 2, 1/2, 1), ('device', 'mobile', '2026-03-01', 0, null, null),
  ('device', null, '2026-01-01', 1, 0, null), ('device', null, '2026-02-01', 0, null, null), ('device', null, '2026-03-01', 0, null, null)),
numbers as (
  select *, least(cart, bought) as narrowest,
    (coalesce(cart, 0) + coalesce(bought, 0)) / nullif((cart is not null)::int + (bought is not null)::int, 0) as mean_rate
  from rates)
select period_start, slicing, 'all' as segment, device, visited, narrowest, greatest(cart, bought) as widest, mean_rate,
  coalesce((cart <= 0.5)::int, 0) + coalesce((bought <= 0.5)::int, 0) as leaks,
  narrowest - lag(narrowest) over (partition by slicing, device order by period_start) as change
from numbers order by slicing = 'device', device nulls last, period_start
