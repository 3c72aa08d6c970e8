select period_start, 'total' as slicing, 'all' as segment, rate::double as expansion_rate, lost as lost_buyers
from (values (date '2026-02-01', 2 / 3, 1), ('2026-03-01', 1, 2)) t(period_start, rate, lost)
