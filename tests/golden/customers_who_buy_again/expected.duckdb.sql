WITH
-- orders: each counted value once a month
orders_entities AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    orders.customer_id AS entity
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-02-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- the time that each period reads: rolling 12 months
rolling_12_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-02-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2025-03-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: buyers by month, rolling 12 months
orders_distinct_monthly_rolling_12_months AS (
  SELECT
    w.period_start,
    count(DISTINCT i.entity) AS buyers_rolling
  FROM orders_entities AS i
  JOIN rolling_12_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    count(*) AS orders_rolling
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-02-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: orders, orders_rows by month, rolling 12 months
orders_monthly_rolling_12_months AS (
  SELECT
    w.period_start,
    i.customer,
    CAST(sum(i.orders_rolling) AS BIGINT) AS orders_rolling,
    CAST(sum(i.orders_rolling) AS BIGINT) AS orders_rows_rolling
  FROM orders_atoms AS i
  JOIN rolling_12_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.customer,
    r.orders_rolling,
    r.orders_rows_rolling
  FROM orders_monthly_rolling_12_months AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.orders_rolling), 0) AS orders_rolling,
    COALESCE(max(k.orders_rows_rolling), 0) AS orders_rows_rolling
  FROM stack AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_result AS (
  SELECT
    c.period_start,
    count(*) AS per_customer
  FROM cells AS c
  WHERE (c.orders_rows_rolling > 0) IS TRUE
    AND (c.orders_rolling >= 2) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    count(*) AS orders_rolling
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-02-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: orders, orders_rows by month, rolling 12 months
orders_monthly_rolling_12_months_2 AS (
  SELECT
    w.period_start,
    i.customer,
    CAST(sum(i.orders_rolling) AS BIGINT) AS orders_rolling,
    CAST(sum(i.orders_rolling) AS BIGINT) AS orders_rows_rolling
  FROM orders_atoms_2 AS i
  JOIN rolling_12_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.customer,
    r.orders_rolling,
    r.orders_rows_rolling
  FROM orders_monthly_rolling_12_months_2 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.orders_rolling), 0) AS orders_rolling,
    COALESCE(max(k.orders_rows_rolling), 0) AS orders_rows_rolling
  FROM stack_2 AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_2_result AS (
  SELECT
    c.period_start,
    count(*) AS per_customer_2
  FROM cells_2 AS c
  WHERE (c.orders_rows_rolling > 0) IS TRUE
    AND (c.orders_rolling >= 2) IS TRUE
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
cells_3 AS (
  SELECT
    p.period_start,
    COALESCE(r2.per_customer, 0) AS per_customer,
    COALESCE(r3.per_customer_2, 0) AS per_customer_2,
    COALESCE(r1.buyers_rolling, 0) AS buyers_rolling
  FROM spine AS p
  LEFT JOIN orders_distinct_monthly_rolling_12_months AS r1 ON r1.period_start = p.period_start
  LEFT JOIN per_customer_result AS r2 ON r2.period_start = p.period_start
  LEFT JOIN per_customer_2_result AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.per_customer AS repeat_buyers,
  CAST(c.per_customer_2 AS DOUBLE) / NULLIF(c.buyers_rolling, 0) AS repurchase_rate
FROM cells_3 AS c
ORDER BY c.period_start;
