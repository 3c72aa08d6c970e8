select date '2026-01-01' as period_start, 'journey.step' as slicing, 'all' as segment, step as "journey.step", reached, rate
from (values ('visit', 2, null), ('cart', 1, 1 / 2), ('purchase', 1, 1)) t(step, reached, rate)
