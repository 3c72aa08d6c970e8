with e(day, lead, channel, points) as (values
  (date '2026-01-31', 'A', 'web', 8), (date '2026-01-21', 'B', 'shop', 4), (date '2026-03-05', 'A', 'shop', 16), (date '2026-01-31', null, 'web', 1)
),
p(period_start, last_day, before) as (values
  (date '2026-01-01', date '2026-01-31', date '2025-12-31'), (date '2026-02-01', date '2026-02-28', date '2026-01-31'), (date '2026-03-01', date '2026-03-10', date '2026-02-10')
),
s(slicing, channel) as (values ('total', null), ('channel', 'shop'), ('channel', 'web'))
select
  period_start, slicing, 'all' as segment, s.channel,
  coalesce(sum(points * power(0.5, date_diff('day', day, last_day) / 10.0)) filter (where day <= last_day), 0) as score,
  coalesce(sum(power(0.5, date_diff('day', day, last_day) / 10.0)) filter (where day <= last_day), 0) as rows_left,
  coalesce(sum(points * power(0.5, date_diff('day', day, last_day) / 10.0)) filter (where day <= last_day and lead = 'A' and period_start <> '2026-02-01'), 0) as of_keen,
  coalesce(sum(points * power(0.5, date_diff('day', day, p.before) / 10.0)) filter (where day <= p.before), 0) as before,
  greatest(
    sum(points * power(0.5, date_diff('day', day, last_day) / 10.0)) filter (where day <= last_day and lead = 'A'),
    sum(points * power(0.5, date_diff('day', day, last_day) / 10.0)) filter (where day <= last_day and lead = 'B')
  ) as best,
  count(distinct lead) filter (where day <= last_day) as leads
from p cross join s join e on s.channel is null or s.channel = e.channel
group by all
order by slicing desc, s.channel, period_start
