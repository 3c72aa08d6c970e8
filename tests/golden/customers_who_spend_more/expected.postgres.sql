WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS NUMERIC(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue, orders_rows by month, previous
orders_monthly_previous AS (
  SELECT
    w.period_start,
    i.customer,
    sum(i.revenue) AS revenue_previous,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows_previous
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.customer,
    r.revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    r.orders_rows,
    CAST(NULL AS BIGINT) AS orders_rows_previous
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.customer,
    CAST(NULL AS BIGINT) AS revenue,
    r.revenue_previous,
    CAST(NULL AS BIGINT) AS orders_rows,
    r.orders_rows_previous
  FROM orders_monthly_previous AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.revenue_previous), 0) AS revenue_previous,
    COALESCE(max(k.orders_rows), 0) AS orders_rows,
    COALESCE(max(k.orders_rows_previous), 0) AS orders_rows_previous
  FROM stack AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_result AS (
  SELECT
    c.period_start,
    count(*) AS per_customer
  FROM cells AS c
  WHERE (c.orders_rows > 0 OR c.orders_rows_previous > 0) IS TRUE
    AND (c.revenue > c.revenue_previous) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS NUMERIC(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-02-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows by month
orders_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_2 AS i
  GROUP BY 1, 2
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.customer,
    r.revenue,
    r.orders_rows
  FROM orders_monthly_2 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack_2 AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_2_result AS (
  SELECT
    c.period_start,
    count(*) AS per_customer_2
  FROM cells_2 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND (c.revenue > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- orders by day
orders_atoms_3 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS NUMERIC(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows by month
orders_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_3 AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows by month, previous
orders_monthly_previous_2 AS (
  SELECT
    w.period_start,
    i.customer,
    sum(i.revenue) AS revenue_previous,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows_previous
  FROM orders_atoms_3 AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.customer,
    r.revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    r.orders_rows,
    CAST(NULL AS BIGINT) AS orders_rows_previous
  FROM orders_monthly_3 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.customer,
    CAST(NULL AS BIGINT) AS revenue,
    r.revenue_previous,
    CAST(NULL AS BIGINT) AS orders_rows,
    r.orders_rows_previous
  FROM orders_monthly_previous_2 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.revenue_previous), 0) AS revenue_previous,
    COALESCE(max(k.orders_rows), 0) AS orders_rows,
    COALESCE(max(k.orders_rows_previous), 0) AS orders_rows_previous
  FROM stack_3 AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_3_result AS (
  SELECT
    c.period_start,
    count(*) AS per_customer_3
  FROM cells_3 AS c
  WHERE (c.orders_rows > 0 OR c.orders_rows_previous > 0) IS TRUE
    AND (c.revenue = 0 AND c.revenue_previous > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells_4 AS (
  SELECT
    p.period_start,
    COALESCE(r1.per_customer, 0) AS per_customer,
    COALESCE(r2.per_customer_2, 0) AS per_customer_2,
    COALESCE(r3.per_customer_3, 0) AS per_customer_3
  FROM spine AS p
  LEFT JOIN per_customer_result AS r1 ON r1.period_start = p.period_start
  LEFT JOIN per_customer_2_result AS r2 ON r2.period_start = p.period_start
  LEFT JOIN per_customer_3_result AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CAST(c.per_customer AS DOUBLE PRECISION) / NULLIF(c.per_customer_2, 0) AS expansion_rate,
  c.per_customer_3 AS lost_buyers
FROM cells_4 AS c
ORDER BY c.period_start;
