select date '2026-02-01' as period_start, 'total' as slicing, segment, now::double as per_customer, before::double as before, now / before - 1 as growth, web::double as of_the_web
from (values ('web', 15, 15, 15), ('all', 10, 20, 15)) t(segment, now, before, web)
