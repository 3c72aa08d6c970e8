select * from (
  select date '2026-01-01' as period_start, 'total' as slicing, 'all' as segment, null as form,
    (select count(*) from (select distinct person, survey from answers where person is not null and survey is not null)) as pairs,
    count(distinct person) as people from answers
  union all
  select date '2026-01-01', 'form', 'all', form, count(distinct person || '/' || survey), count(distinct person) from answers group by form
) order by slicing <> 'total', form
