select date '2026-02-01' as period_start, 'total' as slicing, segment, before, now / before - 1 as growth, buyers, buyers_before
from (values ('large', 300, 300, 1, 2), ('web', 101, 2, 1, 1), ('all', 301, 302, 2, 2)) t(segment, before, now, buyers, buyers_before)
