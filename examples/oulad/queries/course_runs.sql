select
  code_module as module,
  code_presentation as presentation,
  cast(concat(substr(code_presentation, 1, 4), case substr(code_presentation, 5) when 'B' then '-02-01' else '-10-01' end) as date) as starts_on,
  module_presentation_length as days
from oulad.courses
