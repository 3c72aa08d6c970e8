select date '2026-01-01' as period_start, slicing, 'all' as segment, team, tickets, answered, seconds::double as time_to_answer
from (values ('total', null, 4, 2, 5400), ('team', 'a', 1, 1, 3600), ('team', 'b', 1, 1, 7200), ('team', null, 2, 0, null)) t(slicing, team, tickets, answered, seconds)
