-- A course is taught from its first day until its last.
with runs as (
  select
    code_module as module,
    code_presentation as presentation,
    cast(concat(substr(code_presentation, 1, 4), case substr(code_presentation, 5) when 'B' then '-02-01' else '-10-01' end) as date) as starts_on,
    cast(module_presentation_length as integer) as days
  from oulad.courses
)
select module, presentation, starts_on, starts_on + days as ends_on
from runs
