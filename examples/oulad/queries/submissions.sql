-- `grace` days after the due date still count as punctual.
select
  s.id_assessment,
  s.id_student,
  a.code_module as module,
  a.code_presentation as presentation,
  runs.starts_on,
  runs.starts_on + cast(s.date_submitted as integer) as submitted_on,
  runs.starts_on + cast(a.date as integer) as due_on,
  coalesce(s.date_submitted <= a.date + {{ grace }}, false) as punctual,
  s.is_banked
from oulad.submissions as s
join oulad.assessments as a on a.id_assessment = s.id_assessment
join (
  select
    code_module,
    code_presentation,
    cast(concat(substr(code_presentation, 1, 4), case substr(code_presentation, 5) when 'B' then '-02-01' else '-10-01' end) as date) as starts_on
  from oulad.courses
) as runs on runs.code_module = a.code_module and runs.code_presentation = a.code_presentation
