-- Every registration looks for the next assessment handed in by its student, and for the one behind that, before
-- 300 days are over. Registrations of the last 300 days before the end of 2014 are left out.
with
  starts as (
    select *, make_date(code_presentation[1:4]::int, if(code_presentation[5:5] = 'B', 2, 10), 1) as day_0 from oulad.courses
  ),
  registered as (
    select row_number() over () as nr, code_presentation as presentation, id_student, day_0 + date_registration::int as day
    from oulad.registrations join starts using (code_module, code_presentation)
    where code_module = 'AAA' and date_registration is not null and day_0 + date_registration::int + 300 <= '2015-01-01'
  ),
  work as (
    select id_student, day_0 + date_submitted::int as day, id_assessment
    from oulad.submissions join oulad.assessments using (id_assessment) join starts using (code_module, code_presentation)
    where is_banked = 0 and code_module = 'AAA'
  ),
  with_first as (
    select r.*, min({'day': w.day, 'id': w.id_assessment}) filter (where w.day is not null) as first
    from registered r
    left join work w on w.id_student = r.id_student and w.day >= r.day and w.day < r.day + 300
    group by all
  ),
  with_second as (
    select f.*, min(w.day) as second
    from with_first f
    left join work w on w.id_student = f.id_student and {'day': w.day, 'id': w.id_assessment} > f.first and w.day < f.day + 300
    group by all
  ),
  slices as (
    select 'total' as slicing, null as of_presentation, * from with_second union all select 'presentation', presentation, * from with_second
  ),
  quarters as (select unnest(generate_series(date '2013-01-01', date '2014-10-01', interval 3 month))::date as quarter),
  counted as (
    select quarter, c.slicing, c.of_presentation, count(distinct id_student) as registered,
      count(distinct id_student) filter (where first is not null) as first,
      count(distinct id_student) filter (where second is not null) as second
    from quarters cross join (select distinct slicing, of_presentation from slices) c
    left join slices s on s.slicing = c.slicing and s.of_presentation is not distinct from c.of_presentation
      and s.day >= quarter and s.day < quarter + interval 3 month
    group by all
  )
select quarter as period_start, slicing, 'all' as segment, of_presentation as presentation,
  first / nullif(registered, 0) as first_work_rate, second / nullif(first, 0) as second_work_rate
from counted
order by slicing = 'presentation', of_presentation, quarter
