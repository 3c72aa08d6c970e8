WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-02-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: orders, orders_rows by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.customer,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows
  FROM orders_atoms AS i
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.customer,
    r.orders,
    r.orders_rows
  FROM orders_monthly AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_result AS (
  SELECT
    c.period_start,
    count(*) AS per_customer
  FROM cells AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND (c.orders >= 2) IS TRUE
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
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- the time that each period reads: rolling 2 months
rolling_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: orders, orders_rows by month, rolling 2 months
orders_monthly_rolling_2_months AS (
  SELECT
    w.period_start,
    i.customer,
    CAST(sum(i.orders_rolling) AS BIGINT) AS orders_rolling,
    CAST(sum(i.orders_rolling) AS BIGINT) AS orders_rows_rolling
  FROM orders_atoms_2 AS i
  JOIN rolling_2_months AS w
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
  FROM orders_monthly_rolling_2_months AS r
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
-- orders by day
orders_atoms_3 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    count(*) AS orders_rolling
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: orders, orders_rows by month, rolling 2 months
orders_monthly_rolling_2_months_2 AS (
  SELECT
    w.period_start,
    i.customer,
    CAST(sum(i.orders_rolling) AS BIGINT) AS orders_rolling,
    CAST(sum(i.orders_rolling) AS BIGINT) AS orders_rows_rolling
  FROM orders_atoms_3 AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.customer,
    r.orders_rolling,
    r.orders_rows_rolling
  FROM orders_monthly_rolling_2_months_2 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.orders_rolling), 0) AS orders_rolling,
    COALESCE(max(k.orders_rows_rolling), 0) AS orders_rows_rolling
  FROM stack_3 AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_rolling_result AS (
  SELECT
    c.period_start,
    count(*) AS per_customer_rolling
  FROM cells_3 AS c
  WHERE (c.orders_rows_rolling > 0) IS TRUE
    AND (c.orders_rolling >= 2) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- orders by day
orders_atoms_4 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    count(*) AS orders_rolling
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: orders, orders_rows by month, rolling 2 months
orders_monthly_rolling_2_months_3 AS (
  SELECT
    w.period_start,
    i.customer,
    CAST(sum(i.orders_rolling) AS BIGINT) AS orders_rolling,
    CAST(sum(i.orders_rolling) AS BIGINT) AS orders_rows_rolling
  FROM orders_atoms_4 AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack_4 AS (
  SELECT
    r.period_start,
    r.customer,
    r.orders_rolling,
    r.orders_rows_rolling
  FROM orders_monthly_rolling_2_months_3 AS r
),
-- one row a cell, with what no rows mean
cells_4 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.orders_rolling), 0) AS orders_rolling,
    COALESCE(max(k.orders_rows_rolling), 0) AS orders_rows_rolling
  FROM stack_4 AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_3_result AS (
  SELECT
    c.period_start,
    CAST(sum(c.orders_rolling) AS DOUBLE) / NULLIF(count(c.orders_rolling), 0) AS per_customer_3
  FROM cells_4 AS c
  WHERE (c.orders_rows_rolling > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- orders by day
orders_atoms_5 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    count(*) AS orders_rolling
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: orders, orders_rows by month, rolling 2 months
orders_monthly_rolling_2_months_4 AS (
  SELECT
    w.period_start,
    i.customer,
    CAST(sum(i.orders_rolling) AS BIGINT) AS orders_rolling,
    CAST(sum(i.orders_rolling) AS BIGINT) AS orders_rows_rolling
  FROM orders_atoms_5 AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack_5 AS (
  SELECT
    r.period_start,
    r.customer,
    r.orders_rolling,
    r.orders_rows_rolling
  FROM orders_monthly_rolling_2_months_4 AS r
),
-- one row a cell, with what no rows mean
cells_5 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.orders_rolling), 0) AS orders_rolling,
    COALESCE(max(k.orders_rows_rolling), 0) AS orders_rows_rolling
  FROM stack_5 AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_rolling_2_result AS (
  SELECT
    c.period_start,
    CAST(sum(c.orders_rolling) AS DOUBLE) / NULLIF(count(c.orders_rolling), 0) AS per_customer_rolling_2
  FROM cells_5 AS c
  WHERE (c.orders_rows_rolling > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- orders by day
orders_atoms_6 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    count(*) AS orders_to_date
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: orders, orders_rows by month, year to date
orders_monthly_year_to_date AS (
  SELECT
    w.period_start,
    i.customer,
    CAST(sum(i.orders_to_date) AS BIGINT) AS orders_to_date,
    CAST(sum(i.orders_to_date) AS BIGINT) AS orders_rows_to_date
  FROM orders_atoms_6 AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack_6 AS (
  SELECT
    r.period_start,
    r.customer,
    r.orders_to_date,
    r.orders_rows_to_date
  FROM orders_monthly_year_to_date AS r
),
-- one row a cell, with what no rows mean
cells_6 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.orders_to_date), 0) AS orders_to_date,
    COALESCE(max(k.orders_rows_to_date), 0) AS orders_rows_to_date
  FROM stack_6 AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_to_date_result AS (
  SELECT
    c.period_start,
    count(*) AS per_customer_to_date
  FROM cells_6 AS c
  WHERE (c.orders_rows_to_date > 0) IS TRUE
    AND (c.orders_to_date >= 2) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- orders by day
orders_atoms_7 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    count(*) AS orders_cumulative
  FROM orders
  WHERE orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- the time that each period reads: cumulative
cumulative AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_end)
),
-- orders: orders, orders_rows by month, cumulative
orders_monthly_cumulative AS (
  SELECT
    w.period_start,
    i.customer,
    CAST(sum(i.orders_cumulative) AS BIGINT) AS orders_cumulative,
    CAST(sum(i.orders_cumulative) AS BIGINT) AS orders_rows_cumulative
  FROM orders_atoms_7 AS i
  JOIN cumulative AS w ON i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack_7 AS (
  SELECT
    r.period_start,
    r.customer,
    r.orders_cumulative,
    r.orders_rows_cumulative
  FROM orders_monthly_cumulative AS r
),
-- one row a cell, with what no rows mean
cells_7 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.orders_cumulative), 0) AS orders_cumulative,
    COALESCE(max(k.orders_rows_cumulative), 0) AS orders_rows_cumulative
  FROM stack_7 AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_cumulative_result AS (
  SELECT
    c.period_start,
    count(*) AS per_customer_cumulative
  FROM cells_7 AS c
  WHERE (c.orders_rows_cumulative > 0) IS TRUE
    AND (c.orders_cumulative >= 3) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- orders by day
orders_atoms_8 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    count(*) AS orders_cumulative
  FROM orders
  WHERE orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: orders, orders_rows by month, cumulative
orders_monthly_cumulative_2 AS (
  SELECT
    w.period_start,
    i.customer,
    CAST(sum(i.orders_cumulative) AS BIGINT) AS orders_cumulative,
    CAST(sum(i.orders_cumulative) AS BIGINT) AS orders_rows_cumulative
  FROM orders_atoms_8 AS i
  JOIN cumulative AS w ON i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack_8 AS (
  SELECT
    r.period_start,
    r.customer,
    r.orders_cumulative,
    r.orders_rows_cumulative
  FROM orders_monthly_cumulative_2 AS r
),
-- one row a cell, with what no rows mean
cells_8 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.orders_cumulative), 0) AS orders_cumulative,
    COALESCE(max(k.orders_rows_cumulative), 0) AS orders_rows_cumulative
  FROM stack_8 AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_cumulative_2_result AS (
  SELECT
    c.period_start,
    count(*) AS per_customer_cumulative_2
  FROM cells_8 AS c
  WHERE (c.orders_rows_cumulative > 0) IS TRUE
    AND (c.orders_cumulative >= 1) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells_9 AS (
  SELECT
    p.period_start,
    COALESCE(r1.per_customer, 0) AS per_customer,
    COALESCE(r2.per_customer_2, 0) AS per_customer_2,
    COALESCE(r3.per_customer_rolling, 0) AS per_customer_rolling,
    r4.per_customer_3,
    r5.per_customer_rolling_2,
    COALESCE(r6.per_customer_to_date, 0) AS per_customer_to_date,
    COALESCE(r7.per_customer_cumulative, 0) AS per_customer_cumulative,
    COALESCE(r8.per_customer_cumulative_2, 0) AS per_customer_cumulative_2
  FROM spine AS p
  LEFT JOIN per_customer_result AS r1 ON r1.period_start = p.period_start
  LEFT JOIN per_customer_2_result AS r2 ON r2.period_start = p.period_start
  LEFT JOIN per_customer_rolling_result AS r3 ON r3.period_start = p.period_start
  LEFT JOIN per_customer_3_result AS r4 ON r4.period_start = p.period_start
  LEFT JOIN per_customer_rolling_2_result AS r5 ON r5.period_start = p.period_start
  LEFT JOIN per_customer_to_date_result AS r6 ON r6.period_start = p.period_start
  LEFT JOIN per_customer_cumulative_result AS r7 ON r7.period_start = p.period_start
  LEFT JOIN per_customer_cumulative_2_result AS r8 ON r8.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.per_customer AS now,
  c.per_customer_2 AS within,
  c.per_customer_rolling AS around,
  c.per_customer_3 AS mean_within,
  c.per_customer_rolling_2 AS mean_around,
  c.per_customer_to_date AS ytd,
  c.per_customer_cumulative AS ever,
  c.per_customer_cumulative_2 AS all_ever
FROM cells_9 AS c
ORDER BY c.period_start;
