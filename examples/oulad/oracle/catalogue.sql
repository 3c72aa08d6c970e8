select period_start, slicing, 'all' as segment, kind as assessment_type, n as catalogue
from (values (date '2013-01-01'), ('2014-01-01')) y(period_start)
cross join (
  select 'total' as slicing, null as kind, count(*) as n from oulad.assessments
  union all select 'assessment_type', assessment_type, count(*) from oulad.assessments group by 2
)
order by slicing = 'assessment_type', kind, period_start
