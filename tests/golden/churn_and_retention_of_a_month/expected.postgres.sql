WITH
-- the instant at which each period starts
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-02-01')
  ) AS q(period_start, window_end)
),
-- customers: customers by month
customers_monthly AS (
  SELECT
    w.period_start,
    count(*) AS customers_at_start
  FROM (
select n as customer_id,
  case when n <= 1000 then date '2025-06-15' else date '2026-01-10' end as acquired_on,
  case when n <= 50 then date '2026-01-20' end as lost_on
from generate_series(1, 1120) as numbers(n)
  ) AS customers
  JOIN at_start AS w
    ON customers.acquired_on < w.window_end
    AND (customers.lost_on IS NULL OR customers.lost_on >= w.window_end)
  GROUP BY 1
),
-- customers by day
customers_atoms AS (
  SELECT
    customers.acquired_on AS period_start,
    count(*) AS new_customers
  FROM (
select n as customer_id,
  case when n <= 1000 then date '2025-06-15' else date '2026-01-10' end as acquired_on,
  case when n <= 50 then date '2026-01-20' end as lost_on
from generate_series(1, 1120) as numbers(n)
  ) AS customers
  WHERE customers.acquired_on >= DATE '2026-01-01'
    AND customers.acquired_on < DATE '2026-03-01'
  GROUP BY 1
),
-- customers: new_customers by month
customers_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.new_customers) AS BIGINT) AS new_customers
  FROM customers_atoms AS i
  GROUP BY 1
),
-- customers by day
customers_atoms_2 AS (
  SELECT
    customers.lost_on AS period_start,
    count(*) AS lost_customers
  FROM (
select n as customer_id,
  case when n <= 1000 then date '2025-06-15' else date '2026-01-10' end as acquired_on,
  case when n <= 50 then date '2026-01-20' end as lost_on
from generate_series(1, 1120) as numbers(n)
  ) AS customers
  WHERE customers.lost_on >= DATE '2026-01-01'
    AND customers.lost_on < DATE '2026-03-01'
  GROUP BY 1
),
-- customers: lost_customers by month
customers_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.lost_customers) AS BIGINT) AS lost_customers
  FROM customers_atoms_2 AS i
  GROUP BY 1
),
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_end)
),
-- customers: customers by month
customers_monthly_4 AS (
  SELECT
    w.period_start,
    count(*) AS customers
  FROM (
select n as customer_id,
  case when n <= 1000 then date '2025-06-15' else date '2026-01-10' end as acquired_on,
  case when n <= 50 then date '2026-01-20' end as lost_on
from generate_series(1, 1120) as numbers(n)
  ) AS customers
  JOIN at_end AS w
    ON customers.acquired_on < w.window_end
    AND (customers.lost_on IS NULL OR customers.lost_on >= w.window_end)
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.customers_at_start, 0) AS customers_at_start,
    COALESCE(r2.new_customers, 0) AS new_customers,
    COALESCE(r3.lost_customers, 0) AS lost_customers,
    COALESCE(r4.customers, 0) AS customers
  FROM spine AS p
  LEFT JOIN customers_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN customers_monthly_2 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN customers_monthly_3 AS r3 ON r3.period_start = p.period_start
  LEFT JOIN customers_monthly_4 AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.customers_at_start,
  c.new_customers,
  c.lost_customers,
  c.customers AS customers_at_end,
  CAST(c.lost_customers AS DOUBLE PRECISION) / NULLIF(c.customers_at_start, 0) AS churn_rate,
  CAST(c.customers - c.new_customers AS DOUBLE PRECISION) / NULLIF(c.customers_at_start, 0) AS retention_rate,
  CAST(c.lost_customers AS DOUBLE PRECISION) / NULLIF(c.customers_at_start, 0)
    + CAST(c.customers - c.new_customers AS DOUBLE PRECISION) / NULLIF(c.customers_at_start, 0) AS all_of_them
FROM cells AS c
ORDER BY c.period_start;
