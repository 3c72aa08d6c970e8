with numbers as (
  select *, 0.1::double as more from (values
    ('total', null, 10, 16, 8, true, false, false),
    ('course', 'art', 4, 10, 5, true, true, true),
    ('course', 'math', 5, 3, null, false, false, true),
    ('course', 'music', 1, 3, 2, false, true, true)
  ) t(slicing, course, n, before, target, has_growth, few, few_change)
)
select
  date '2026-02-01' as period_start, slicing, 'all' as segment, course,
  case when not few then n end as attempts, target as attempts_target,
  case when not few then n / target end as attempts_attainment, case when not few then n / target end as attempts_pacing,
  case when few then null when target is null then 'no_target' when n >= target then 'on_track' else 'off_track' end as attempts_status,
  case when not few then n end as attempts_projected,
  before as attempts_previous,
  case when not few_change then n - before end as attempts_change, case when not few_change then (n - before) / before end as attempts_change_ratio,
  case when not few then n end as growing, case when has_growth then 1.1::double * before end as growing_target,
  case when not few_change then n / (1.1::double * before) end as growing_attainment,
  case when not few_change then n / (1.1::double * before) end as growing_pacing,
  case when not few_change then 'off_track' end as growing_status,
  case when not few then n end as growing_projected,
  before as growing_previous,
  case when not few_change then n - before end as growing_change, case when not few_change then (n - before) / before end as growing_change_ratio,
  few as attempts_suppressed, false as attempts_target_suppressed, few as attempts_attainment_suppressed, few as attempts_pacing_suppressed,
  few as attempts_status_suppressed, few as attempts_projected_suppressed, false as attempts_previous_suppressed,
  few_change as attempts_change_suppressed, few_change as attempts_change_ratio_suppressed,
  few as growing_suppressed, false as growing_target_suppressed, few_change as growing_attainment_suppressed, few_change as growing_pacing_suppressed,
  few_change as growing_status_suppressed, few as growing_projected_suppressed, false as growing_previous_suppressed,
  few_change as growing_change_suppressed, few_change as growing_change_ratio_suppressed
from numbers
order by slicing <> 'total', course
