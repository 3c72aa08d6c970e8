with
  months as (select * from (values (date '2026-02-01', true, 1::double), (date '2026-03-01', false, 31 / 10)) t(month, is_complete, goes_on)),
  numbers as (select * from (values
    -- kpi, channel, month, value, target, target_to, attainment, pacing, status, previous
    ('revenue', 'total', date '2026-02-01', 280::double, 250, null, 280 / 250, 280 / 250, 'on_track', 100::double),
    ('revenue', 'phone', '2026-02-01', 30, null, null, null, null, 'no_target', 0),
    ('revenue', 'shop', '2026-02-01', 50, null, null, null, null, 'no_target', 0),
    ('revenue', 'web', '2026-02-01', 200, 186, null, 200 / 186, 200 / 186, 'on_track', 100),
    ('revenue', 'total', '2026-03-01', 90, 250, null, 90 / 250, 90 * 31 / 2500, 'on_track', 230),
    ('revenue', 'phone', '2026-03-01', 0, null, null, null, null, 'no_target', 30),
    ('revenue', 'shop', '2026-03-01', 0, null, null, null, null, 'no_target', 0),
    ('revenue', 'web', '2026-03-01', 90, 186, null, 90 / 186, 1.5, 'on_track', 200),
    ('margin', 'total', '2026-02-01', 130 / 280, 0.3, 0.5, 1, 1, 'on_track', 0.6),
    ('margin', 'phone', '2026-02-01', 1, 0.3, 0.5, 0, 0, 'off_track', null),
    ('margin', 'shop', '2026-02-01', 0, 0.3, 0.5, 0, 0, 'off_track', null),
    ('margin', 'web', '2026-02-01', 0.5, 0.3, 0.5, 1, 1, 'on_track', 0.6),
    ('margin', 'total', '2026-03-01', 1 / 3, 0.3, 0.5, 1, 1, 'on_track', 130 / 230),
    ('margin', 'phone', '2026-03-01', null, 0.3, 0.5, null, null, 'no_data', 1),
    ('margin', 'shop', '2026-03-01', null, 0.3, 0.5, null, null, 'no_data', null),
    ('margin', 'web', '2026-03-01', 1 / 3, 0.3, 0.5, 1, 1, 'on_track', 0.5),
    ('orders', 'total', '2026-02-01', 3, null, null, null, null, 'no_target', 1),
    ('orders', 'phone', '2026-02-01', 1, null, null, null, null, 'no_target', 0),
    ('orders', 'shop', '2026-02-01', 1, null, null, null, null, 'no_target', 0),
    ('orders', 'web', '2026-02-01', 1, null, null, null, null, 'no_target', 1),
    ('orders', 'total', '2026-03-01', 1, null, null, null, null, 'no_target', 2),
    ('orders', 'phone', '2026-03-01', 0, null, null, null, null, 'no_target', 1),
    ('orders', 'shop', '2026-03-01', 0, null, null, null, null, 'no_target', 0),
    ('orders', 'web', '2026-03-01', 1, null, null, null, null, 'no_target', 1)
  ) t(kpi, channel, month, value, target, target_to, attainment, pacing, status, previous))
select
  kpi, 'month' as grain, month as period_start, (month + interval 1 month)::date as period_end, is_complete, false as is_break,
  'all' as segment, case channel when 'total' then 'total' else 'channel' end as slicing,
  case when channel <> 'total' then 'channel' end as dimension, nullif(channel, 'total') as member,
  case channel when 'total' then '{}' else '{"channel": "' || channel || '"}' end as slice,
  value, case kpi when 'revenue' then 'EUR' when 'margin' then 'percent' else 'count' end as unit,
  target::double as target, target_to::double as target_to, attainment::double as attainment, pacing::double as pacing, status,
  case kpi when 'revenue' then value * goes_on when 'margin' then value end as projected,
  previous, value - previous as change, (value - previous) / nullif(previous, 0) as change_ratio
from numbers join months using (month)
order by case kpi when 'revenue' then 1 when 'margin' then 2 else 3 end, channel <> 'total', channel, month
