select period_start, 'total' as slicing, 'all' as segment, shipped, share::double as shipped_of_before, open_parcels, shipped_2m
from (values (date '2026-02-01', 2, 2 / 3, 1, 3), ('2026-03-01', 1, 1, 0, 3)) t(period_start, shipped, share, open_parcels, shipped_2m)
