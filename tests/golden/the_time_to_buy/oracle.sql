with days(slicing, device, buyers, mean, typical, slow, quickest, slowest, cart, checkout, mobiles) as (values
  ('total', null, 4, 9.5 / 4, 2.25, 3.7, 1, 4, 12, 21, 2),
  ('device', 'desktop', 3, 6.5 / 3, 1.5, 3.5, 1, 4, 12, 24, null),
  ('device', 'mobile', 2, 2, 2, 2.8, 1, 3, 6, 15, 2))
select period_start, slicing, 'all' as segment, device,
  case when january then buyers else 0 end as buyers,
  case when january then mean * 86400 end as time_to_buy,
  case when january then typical * 86400::double end as typical,
  case when january then slow * 86400::double end as slow,
  case when january then quickest * 86400::double end as quickest,
  case when january then slowest * 86400::double end as slowest,
  case when january then cart::double end as hours_to_cart,
  case when january then checkout * 3600::double end as checkout,
  case when january then mobiles * 86400::double end as on_mobiles,
  null::double as change
from days cross join (values (date '2026-01-01', true), ('2026-02-01', false)) t(period_start, january)
order by slicing = 'device', device, period_start
