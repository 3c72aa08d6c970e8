with
  cells as (select * from (values
    ('late_orders', date '2026-01-01', true, 2), ('late_orders', '2026-02-01', false, 1), ('late_orders', '2026-03-01', false, 1), ('late_orders', '2026-04-01', false, 0),
    ('late_rate', '2026-01-01', true, 1), ('late_rate', '2026-02-01', false, 1/2), ('late_rate', '2026-03-01', false, 1), ('late_rate', '2026-04-01', false, null),
    ('change', '2026-01-01', true, 1), ('change', '2026-02-01', true, 0), ('change', '2026-03-01', false, -1), ('change', '2026-04-01', false, -1),
    ('trend', '2026-01-01', true, 1/2), ('trend', '2026-02-01', true, 0), ('trend', '2026-03-01', false, -1/2), ('trend', '2026-04-01', false, -1/2),
    ('channels', '2026-01-01', false, 1), ('channels', '2026-02-01', false, 1), ('channels', '2026-03-01', false, 1), ('channels', '2026-04-01', false, 1),
    ('shipped', '2026-01-01', false, 2), ('shipped', '2026-02-01', false, 2), ('shipped', '2026-03-01', false, 1), ('shipped', '2026-04-01', false, 0),
    ('old_change', '2026-01-01', false, 0), ('old_change', '2026-02-01', true, 1), ('old_change', '2026-03-01', false, -1), ('old_change', '2026-04-01', false, 0),
    ('first_known', '2026-01-01', false, null), ('first_known', '2026-02-01', false, 2), ('first_known', '2026-03-01', false, 1), ('first_known', '2026-04-01', false, 0)
  ) t(kpi, period_start, is_break, value)),
  december as (select *, row_number() over () as nr from (values
    ('late_orders', 1), ('late_rate', 1), ('change', 1), ('trend', 1/2), ('channels', 1), ('shipped', 1), ('old_change', 1), ('first_known', null)
  ) t(kpi, december)),
  numbers as (
    select *, case when period_start = '2026-01-01' then december else lag(value) over (partition by kpi order by period_start) end::double as previous
    from cells join december using (kpi)
  )
select kpi, 'month' as grain, period_start, (period_start + interval 1 month)::date as period_end, true as is_complete, is_break,
  'all' as segment, 'total' as slicing, null as dimension, null as member, '{}' as slice, value::double as value,
  case when kpi in ('trend') then 'count' when kpi = 'late_rate' then 'ratio' else 'count' end as unit,
  null as target, null as target_to, null as attainment, null as pacing, case when value is null then 'no_data' else 'no_target' end as status, null as projected,
  previous, value - previous as change, (value - previous) / nullif(abs(previous), 0) as change_ratio
from numbers order by nr, period_start
