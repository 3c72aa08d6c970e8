select kpi, 'month' as grain, period_start, (period_start + interval 1 month)::date as period_end, is_complete, false as is_break, 'all' as segment, 'plan' as slicing, 'plan' as dimension, plan as member, case when plan is null then '{"plan": null}' else '{"plan": "basic"}' end as slice, value, 'count' as unit,
  null as target, null as target_to, null as attainment, null as pacing, case when value is null then 'no_data' else 'no_target' end as status, null as projected,
  previous, value - previous as change, (value - previous) / previous as change_ratio, plan is null as is_others
from (values
  ('subscribers', date '2026-01-01', true, 'basic', 3, 1),
  ('subscribers', '2026-02-01', false, 'basic', 1, 3),
  ('subscribers', '2026-03-01', false, 'basic', null, null),
  ('subscribers', '2026-01-01', false, null, 3, 1),
  ('subscribers', '2026-02-01', false, null, 6, 3),
  ('subscribers', '2026-03-01', false, null, null, null),
  ('started', '2026-01-01', true, 'basic', 2, 1),
  ('started', '2026-02-01', false, 'basic', 0, 2),
  ('started', '2026-03-01', false, 'basic', null, null),
  ('started', '2026-01-01', false, null, 2, 1),
  ('started', '2026-02-01', false, null, 3, 2),
  ('started', '2026-03-01', false, null, null, null)
) t(kpi, period_start, is_complete, plan, value, previous)
