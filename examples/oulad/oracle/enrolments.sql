-- Every boundary counts who was there, every day anew for the means. Nothing after 15 October 2014 is known, so
-- October closes with that day, and its days are 15. An enrolment is there from its first day until its last.
with
  enrolments as (
    select code_module as module, id_student,
      make_date(code_presentation[1:4]::int, if(code_presentation[5:5] = 'B', 2, 10), 1) + date_registration::int as first,
      make_date(code_presentation[1:4]::int, if(code_presentation[5:5] = 'B', 2, 10), 1) + module_presentation_length::int as last
    from oulad.registrations join oulad.courses using (code_module, code_presentation)
    where date_registration is not null
  ),
  slices as (
    select 'total' as slicing, null as module, id_student, first, last from enrolments
    union all select 'module', module, id_student, first, last from enrolments
  ),
  months as (
    select m::date as month, (m + interval 1 month)::date as after, least(m + interval 1 month, timestamp '2014-10-16')::date as known,
      (m - interval 12 month)::date as year_before,
      case when m = '2014-10-01' then date '2013-10-16' else (m - interval 11 month)::date end as year_before_after
    from generate_series(timestamp '2014-08-01', timestamp '2014-10-01', interval 1 month) s(m)
  ),
  cells as (select * from months, (select distinct slicing, module from slices)),
  days as (
    select month, slicing, module, d::date as day
    from cells, lateral (select unnest(generate_series(month, known - 1, interval 1 day)) as d)
  ),
  each_day as (
    -- There at the end of a day: came before it ended, and has not gone by then.
    select d.month, d.slicing, d.module, d.day, count(s.first) as n, count(distinct s.id_student) as people
    from days d
    left join slices s on s.slicing = d.slicing and s.module is not distinct from d.module and s.first < d.day + 1 and s.last >= d.day + 1
    group by all
  ),
  means as (select month, slicing, module, avg(n) as n, avg(people) as people from each_day group by all),
  boundaries as (
    select c.month, c.slicing, c.module,
      count(*) filter (where first < month and last >= month) as at_start,
      count(*) filter (where first < known and last >= known) as at_end,
      count(distinct id_student) filter (where first < known and last >= known) as people,
      count(*) filter (where last >= month and last < known) as ended,
      count(*) filter (where first < year_before_after and last >= year_before_after) as year_ago
    from cells c join slices s on s.slicing = c.slicing and s.module is not distinct from c.module
    group by all
  )
select * from (
  select b.month as period_start, b.slicing, 'all' as segment, b.module, at_start as enrolled_at_start, at_end as enrolled,
    m.n as enrolled_on_average, b.people as people_enrolled, m.people as people_on_average,
    ended / nullif(at_start, 0) as finishing_rate, year_ago as enrolled_a_year_ago
  from boundaries b join means m on m.month = b.month and m.slicing = b.slicing and m.module is not distinct from b.module
  union all
  select date '2014-11-01', slicing, 'all', module, null, null, null, null, null, null, null from (select distinct slicing, module from slices)
)
order by slicing = 'module', module, period_start
