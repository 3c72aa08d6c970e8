select m as period_start, slicing, 'all' as segment, carrier, ordered, shipped, returned,
  ordered - shipped as open_balance, returned / nullif(shipped, 0) as return_rate
from (
  select m, slicing, t.carrier, nr,
    (select count(*) from parcels p where date_trunc('month', ordered_on) = m and (slicing = 'total' or p.carrier = t.carrier)) as ordered,
    (select count(*) from parcels p where date_trunc('month', shipped_on) = m and (slicing = 'total' or p.carrier = t.carrier)) as shipped,
    (select count(*) from parcels p where date_trunc('month', returned_on) = m and (slicing = 'total' or p.carrier = t.carrier)) as returned
  from (values (date '2026-01-01'), ('2026-02-01')) p(m)
  cross join (values ('total', null, 0), ('carrier', 'a', 1), ('carrier', 'b', 2), ('carrier', 'c', 3)) t(slicing, carrier, nr)
) order by nr, m
