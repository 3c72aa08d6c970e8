select n as lead_id,
  case when n <= 1000 then date '2026-01-10' else date '2026-02-10' end as created_on,
  case when n <= 1000 then date '2026-01-11' when n <= 1500 then date '2026-02-11' end as activated_on,
  case when n <= 1000 then date '2026-01-12' when n <= 1050 then date '2026-02-12' end as customer_on
from generate_series(1, 2000) as numbers(n)
