select n as customer_id,
  case when n <= 1000 then date '2025-06-15' else date '2026-01-10' end as acquired_on,
  case when n <= 50 then date '2026-01-20' end as lost_on
from generate_series(1, 1120) as numbers(n)
