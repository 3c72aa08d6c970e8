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
  FROM customers
  JOIN at_start AS w
    ON customers.acquired_on < w.window_end
    AND (customers.lost_on IS NULL OR customers.lost_on >= w.window_end)
  GROUP BY 1
),
-- customers by day
customers_atoms AS (
  SELECT
    customers.lost_on AS period_start,
    count(*) AS lost_customers
  FROM customers
  WHERE customers.lost_on >= DATE '2026-01-01'
    AND customers.lost_on < DATE '2026-03-01'
  GROUP BY 1
),
-- customers: lost_customers by month
customers_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.lost_customers) AS BIGINT) AS lost_customers
  FROM customers_atoms AS i
  GROUP BY 1
),
-- customers: customers, customers_rows by month
customers_monthly_3 AS (
  SELECT
    w.period_start,
    customers.customer_id AS customer,
    count(*) AS customers_at_start,
    count(*) AS customers_rows_at_start
  FROM customers
  JOIN at_start AS w
    ON customers.acquired_on < w.window_end
    AND (customers.lost_on IS NULL OR customers.lost_on >= w.window_end)
  GROUP BY 1, 2
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
-- customers: customers, customers_rows by month
customers_monthly_4 AS (
  SELECT
    w.period_start,
    customers.customer_id AS customer,
    count(*) AS customers,
    count(*) AS customers_rows
  FROM customers
  JOIN at_end AS w
    ON customers.acquired_on < w.window_end
    AND (customers.lost_on IS NULL OR customers.lost_on >= w.window_end)
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.customer,
    r.customers_at_start,
    CAST(NULL AS BIGINT) AS customers,
    r.customers_rows_at_start,
    CAST(NULL AS BIGINT) AS customers_rows
  FROM customers_monthly_3 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.customer,
    CAST(NULL AS BIGINT) AS customers_at_start,
    r.customers,
    CAST(NULL AS BIGINT) AS customers_rows_at_start,
    r.customers_rows
  FROM customers_monthly_4 AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.customers_at_start), 0) AS customers_at_start,
    COALESCE(max(k.customers), 0) AS customers,
    COALESCE(max(k.customers_rows_at_start), 0) AS customers_rows_at_start,
    COALESCE(max(k.customers_rows), 0) AS customers_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_result AS (
  SELECT
    c.period_start,
    count(*) AS per_customer
  FROM cells AS c
  WHERE (c.customers_rows_at_start > 0 OR c.customers_rows > 0) IS TRUE
    AND (c.customers_at_start > 0 AND c.customers > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells_2 AS (
  SELECT
    p.period_start,
    COALESCE(r3.per_customer, 0) AS per_customer,
    COALESCE(r1.customers_at_start, 0) AS customers_at_start,
    COALESCE(r2.lost_customers, 0) AS lost_customers
  FROM spine AS p
  LEFT JOIN customers_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN customers_monthly_2 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN per_customer_result AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.per_customer AS stayed,
  CAST(c.per_customer AS DOUBLE) / NULLIF(c.customers_at_start, 0) AS retention_of_those_at_start,
  CAST(c.lost_customers AS DOUBLE) / NULLIF(c.customers_at_start, 0) AS churn_rate
FROM cells_2 AS c
ORDER BY c.period_start;
