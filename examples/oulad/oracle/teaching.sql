-- Day by day: how many courses of a module are taught, of all days that have begun by 20 November 2014. A quarter
-- in which the clock changes has an hour more or less, which belongs to the day of the change.
with
  runs as (
    select code_module as module,
      make_date(code_presentation[1:4]::int, if(code_presentation[5:5] = 'B', 2, 10), 1) as first,
      make_date(code_presentation[1:4]::int, if(code_presentation[5:5] = 'B', 2, 10), 1) + module_presentation_length::int as last
    from oulad.courses
  ),
  slices as (select 'total' as slicing, null as module, first, last from runs union all select 'module', module, first, last from runs),
  days as (
    select d::date as day, date_trunc('quarter', d)::date as quarter,
      case when d in ('2013-03-31', '2014-03-30') then 23 when d in ('2012-10-28', '2013-10-27', '2014-10-26') then 25 else 24 end as hours
    from generate_series(timestamp '2012-10-01', timestamp '2014-11-20', interval 1 day) s(d)
  ),
  counted as (
    select quarter, slicing, module, day, hours,
      (select count(*) from slices s where s.slicing = c.slicing and s.module is not distinct from c.module and first <= day and day < last) as taught
    from days, (select distinct slicing, module from slices) c
  )
select quarter as period_start, slicing, 'all' as segment, module,
  coalesce(sum(hours) filter (where taught > 0), 0)::double / sum(hours) as teaching_time,
  coalesce(sum(hours) filter (where taught > 1), 0)::double / sum(hours) as overlap_time
from counted
group by quarter, slicing, module
order by slicing = 'module', module, quarter
