with counts(slicing, device, period_start, visit, cart, bought) as (values
  ('journey.step', null, date '2026-01-01', 4, 2, 1),
  ('journey.step', null, date '2026-02-01', 3, 2, 2),
  ('journey.step', null, date '2026-03-01', 0, 0, 0),
  ('device,journey.step', 'mobile', date '2026-01-01', 2, 1, 1),
  ('device,journey.step', 'mobile', date '2026-02-01', 2, 1, 1),
  ('device,journey.step', 'mobile', date '2026-03-01', 0, 0, 0),
  ('device,journey.step', 'desktop', date '2026-01-01', 2, 1, 0),
  ('device,journey.step', 'desktop', date '2026-02-01', 1, 1, 1),
  ('device,journey.step', 'desktop', date '2026-03-01', 0, 0, 0),
  ('device,journey.step', null, date '2026-01-01', 1, 0, 0),
  ('device,journey.step', null, date '2026-02-01', 0, 0, 0),
  ('device,journey.step', null, date '2026-03-01', 0, 0, 0)),
steps as (
  select slicing, device, period_start, 1 as place, 'visit' as step, visit as reached, null as earlier, visit from counts
  union all select slicing, device, period_start, 2, 'cart', cart, visit, visit from counts
  union all select slicing, device, period_start, 3, 'bought', bought, cart, visit from counts),
rates as (select *, reached / nullif(earlier, 0) as rate from steps)
select period_start, slicing, 'all' as segment, step as "journey.step", device, reached, rate, 1 - rate as drop_off,
  reached / nullif(visit, 0) as of_visits,
  lag(rate) over (partition by slicing, device, step order by period_start) as rate_before
from rates order by slicing = 'device,journey.step', place, device nulls last, period_start
