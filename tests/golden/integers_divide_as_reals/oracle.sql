select date '2026-05-01' as period_start, 'total' as slicing, 'all' as segment,
  sum(answers)::double / count(*)::double as answers_per_ticket, count(*)::double / 2.0 as half,
  sum(minutes::double / 60.0) as hours
from tickets
