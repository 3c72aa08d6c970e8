with runs as (
  select
    code_module,
    code_presentation,
    cast(concat(substr(code_presentation, 1, 4), case substr(code_presentation, 5) when 'B' then '-02-01' else '-10-01' end) as date) as starts_on
  from oulad.courses
), coursework as (
  select code_module, code_presentation, count(*) as assessments
  from oulad.assessments
  where assessment_type <> 'Exam'
  group by code_module, code_presentation
)
select
  r.code_module as module,
  r.code_presentation as presentation,
  r.id_student,
  runs.starts_on,
  runs.starts_on + cast(r.date_registration as integer) as registered_on,
  coalesce(coursework.assessments, 0) as coursework
from oulad.registrations as r
join runs on runs.code_module = r.code_module and runs.code_presentation = r.code_presentation
left join coursework on coursework.code_module = r.code_module and coursework.code_presentation = r.code_presentation
