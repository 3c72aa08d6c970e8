select n as session_id, n % 1000 as visitor, date '2026-01-01' + cast(n % 31 as integer) as day
from generate_series(0, 1499) as numbers(n)
