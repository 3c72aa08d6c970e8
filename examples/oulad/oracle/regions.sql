with
  handed as (
    select a.code_module, a.code_presentation, s.id_student, count(*) as pieces
    from oulad.submissions s join oulad.assessments a using (id_assessment)
    where s.is_banked = 0 and a.assessment_type <> 'Exam'
    group by all
  ),
  works as (
    select code_module, code_presentation, count(*) as expected
    from oulad.assessments where assessment_type <> 'Exam' group by all
  ),
  rows as (
    select
      make_date(i.code_presentation[1:4]::int, 1, 1) as year, i.region, i.disability, i.age_band,
      coalesce(h.pieces, 0) as pieces, coalesce(w.expected, 0) as expected
    from 'data/studentInfo.csv.gz' i
    left join works w using (code_module, code_presentation)
    left join handed h using (code_module, code_presentation, id_student)
  ),
  members as (
    select 1 as nr, 'disabled' as segment, * from rows where disability = 'Y'
    union all select 2, 'under_35', * from rows where age_band = '0-35'
    union all select 3, 'from_35', * from rows where age_band in ('35-55', '55<=')
    union all select 4, 'all', * from rows
  )
select
  year as period_start, if(grouping(region) = 1, 'total', 'region') as slicing, segment, region,
  count(*) as registrations,
  sum(pieces) / count(*) as submissions_per_registration,
  sum(pieces) / sum(expected) as completion_rate,
  count(*) filter (where pieces > 0) / count(*) as starting_rate
from members
group by grouping sets ((nr, segment, year), (nr, segment, year, region))
order by nr, grouping(region) desc, region nulls last, year
