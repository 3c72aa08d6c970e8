-- A student is enrolled from the day of registering until the course ends.
with runs as (
  select
    code_module,
    code_presentation,
    cast(concat(substr(code_presentation, 1, 4), case substr(code_presentation, 5) when 'B' then '-02-01' else '-10-01' end) as date) as starts_on,
    cast(module_presentation_length as integer) as days
  from oulad.courses
)
select
  r.code_module as module,
  r.code_presentation as presentation,
  r.id_student,
  runs.starts_on + cast(r.date_registration as integer) as registered_on,
  runs.starts_on + runs.days as ends_on
from oulad.registrations as r
join runs on runs.code_module = r.code_module and runs.code_presentation = r.code_presentation
