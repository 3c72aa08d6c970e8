-- One row per registration, with what this student handed in on this run counted beside it.
with
  handed as (
    select
      a.code_module, a.code_presentation, s.id_student,
      count(*) as pieces, count(*) filter (where s.date_submitted <= a.date) as punctual,
      sum(a.date - s.date_submitted) as days_left, count(a.date) as with_due_date
    from oulad.submissions s join oulad.assessments a using (id_assessment)
    where s.is_banked = 0 and a.assessment_type in ('TMA', 'CMA')
    group by all
  ),
  works as (
    select code_module, code_presentation, count(*) as pieces
    from oulad.assessments where assessment_type in ('TMA', 'CMA') group by all
  ),
  rows as (
    select
      r.code_module as module, r.code_presentation as presentation, r.id_student,
      make_date(r.code_presentation[1:4]::int, if(r.code_presentation[5:5] = 'B', 2, 10), 1) as month,
      r.date_registration > 0 as late, coalesce(w.pieces, 0) as expected,
      coalesce(h.pieces, 0) as pieces, coalesce(h.punctual, 0) as punctual, h.days_left, h.with_due_date
    from oulad.registrations r
    left join works w using (code_module, code_presentation)
    left join handed h using (code_module, code_presentation, id_student)
  ),
  cubes as (
    select
      month, module, presentation, grouping(module, presentation) as level,
      count(*) as registrations, count(distinct id_student) as learners, sum(expected) as expected,
      sum(pieces) as pieces, count(*) filter (where pieces > 0) as starters, sum(punctual) as punctual,
      sum(days_left) * 86400.0 / sum(with_due_date) as seconds_left, count(*) filter (where late) as late
    from rows group by grouping sets ((month), (month, module), (month, module, presentation))
  ),
  lengths as (
    select
      make_date(code_presentation[1:4]::int, if(code_presentation[5:5] = 'B', 2, 10), 1) as month,
      code_module as module, code_presentation as presentation, grouping(code_module, code_presentation) as level,
      count(*) as runs, max(module_presentation_length) as longest
    from oulad.courses
    group by grouping sets ((month), (month, code_module), (month, code_module, code_presentation))
  ),
  cells as (
    select m.month, t.*
    from (select unnest(generate_series(date '2013-02-01', date '2014-10-01', interval 1 month))::date as month) m
    cross join (select distinct level, module, presentation from cubes) t
  )
select
  c.month as period_start,
  case c.level when 3 then 'total' when 1 then 'module' else 'module,presentation' end as slicing,
  'all' as segment, c.module, c.presentation,
  coalesce(k.registrations, 0) as registrations, coalesce(k.learners, 0) as learners,
  coalesce(k.expected, 0) as coursework_set, coalesce(k.pieces, 0) as submissions,
  k.pieces / k.registrations as submissions_per_registration,
  k.pieces / nullif(k.expected, 0) as completion_rate,
  k.starters / k.registrations as starting_rate,
  k.punctual / nullif(k.pieces, 0) as on_time_rate,
  k.seconds_left as time_before_due,
  k.late / k.registrations as late_registration_rate,
  -- the share is of all modules: of the same presentation where one is asked
  coalesce(k.registrations, 0) / w.registrations as module_share,
  coalesce(l.runs, 0) as runs, l.longest as longest_run
from cells c
left join cubes k
  on k.month = c.month and k.level = c.level
  and k.module is not distinct from c.module and k.presentation is not distinct from c.presentation
left join lengths l
  on l.month = c.month and l.level = c.level
  and l.module is not distinct from c.module and l.presentation is not distinct from c.presentation
left join (
  select month, presentation, count(*) as registrations, 0 as level from rows group by month, presentation
  union all
  select month, null, count(*), unnest([1, 3]) from rows group by month
) w
  on w.month = c.month and w.level = c.level and w.presentation is not distinct from c.presentation
order by case c.level when 3 then 1 when 0 then 2 else 3 end, c.module nulls last, c.presentation nulls last, c.month
