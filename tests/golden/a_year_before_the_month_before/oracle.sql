select period_start, 'total' as slicing, 'all' as segment, revenue, growth::double as growth, before::double as growth_before, (growth - before)::double as faster, of_then as month_before_a_year_before
from (values (date '2026-02-01', 30, 0.5, 3, 10), ('2026-03-01', 0, -1, -1, 40)) t(period_start, revenue, growth, before, of_then)
