with
  starts as (
    select *, make_date(code_presentation[1:4]::int, if(code_presentation[5:5] = 'B', 2, 10), 1) as day_0 from oulad.courses
  ),
  happened as (
    select code_module as module, day_0 + date_submitted::int as day, 1 as handed_in, 0 as registered
    from oulad.submissions join oulad.assessments using (id_assessment)
    join starts using (code_module, code_presentation)
    where is_banked = 0
    union all
    select code_module, day_0 + date_registration::int, 0, 1
    from oulad.registrations join starts using (code_module, code_presentation)
    where date_registration is not null
  ),
  months as (select unnest(generate_series(date '2012-10-01', date '2015-06-01', interval 1 month))::date as month),
  asked as (select date_trunc('month', day)::date as month, * from happened where day >= '2012-10-01' and day < '2015-07-01'),
  cells as (
    select month, module, false as is_total from months cross join (select distinct module from asked)
    union all select month, null, true from months
  )
select
  c.month as period_start, if(is_total, 'total', 'module') as slicing, 'all' as segment, c.module,
  coalesce(sum(handed_in), 0) as handed_in, coalesce(sum(registered), 0) as new_registrations
from cells c
left join asked a on a.month = c.month and (c.is_total or a.module = c.module)
group by c.month, c.module, is_total
order by not is_total, c.module, c.month
