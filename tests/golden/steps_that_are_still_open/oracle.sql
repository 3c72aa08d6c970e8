with counts(segment, period_start, visit, cart, bought, visit_d, cart_d, bought_d) as (values
  ('all', date '2026-01-01', 3, 2, 1, 1, 1, 0),
  ('all', date '2026-02-01', 2, 1, 1, 1, 1, 1),
  ('all', date '2026-03-01', null, null, null, null, null, null),
  ('phones', date '2026-01-01', 2, 1, 1, 0, 0, 0),
  ('phones', date '2026-02-01', 1, 0, 0, 0, 0, 0),
  ('phones', date '2026-03-01', null, null, null, null, null, null)),
steps as (
  select segment, period_start, 1 as place, 'visit' as step, visit as reached, null as earlier, visit_d as on_desktops from counts
  union all select segment, period_start, 2, 'cart', cart, visit, cart_d from counts
  union all select segment, period_start, 3, 'bought', bought, cart, bought_d from counts)
select period_start, 'journey.step' as slicing, segment, step as "journey.step", reached, reached / nullif(earlier, 0) as rate,
  on_desktops, on_desktops / nullif(reached, 0) as share_of_desktops
from steps order by segment, place, period_start
