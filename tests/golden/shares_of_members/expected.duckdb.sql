WITH
-- orders: each counted value once a month
orders_entities AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    orders.channel,
    orders.customer_id AS entity
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- orders: buyers by month
orders_distinct_monthly AS (
  SELECT
    i.period_start,
    'channel' AS slicing,
    i.channel,
    count(i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1
),
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.customer_id AS customer,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- orders: orders, orders_rows by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows
  FROM orders_atoms AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows
  FROM orders_atoms AS i
  GROUP BY 1, 4
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    r.orders,
    r.orders_rows
  FROM orders_monthly AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
),
-- over each customer, those that take part
per_customer_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    count(*) AS per_customer
  FROM cells AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND (c.orders >= 2) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.customer_id AS customer,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- orders: orders, orders_rows by month
orders_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows
  FROM orders_atoms_2 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows
  FROM orders_atoms_2 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    r.orders,
    r.orders_rows
  FROM orders_monthly_2 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack_2 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each customer, those that take part
per_customer_2_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    count(*) AS per_customer_2
  FROM cells_2 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND (c.orders >= 2) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- orders by day
orders_atoms_3 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.customer_id AS customer,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- orders: orders, orders_rows by month
orders_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows
  FROM orders_atoms_3 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows
  FROM orders_atoms_3 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    r.orders,
    r.orders_rows
  FROM orders_monthly_3 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack_3 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each customer, those that take part
per_customer_3_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    count(*) AS per_customer_3
  FROM cells_3 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND (c.orders >= 2) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- orders by day
orders_atoms_4 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.customer_id AS customer,
    count(*) AS orders_total
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- orders: orders, orders_rows by month
orders_monthly_4 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    CAST(sum(i.orders_total) AS BIGINT) AS orders_total,
    CAST(sum(i.orders_total) AS BIGINT) AS orders_rows_total
  FROM orders_atoms_4 AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    CAST(sum(i.orders_total) AS BIGINT) AS orders_total,
    CAST(sum(i.orders_total) AS BIGINT) AS orders_rows_total
  FROM orders_atoms_4 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_4 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    r.orders_total,
    r.orders_rows_total
  FROM orders_monthly_4 AS r
),
-- one row a cell, with what no rows mean
cells_4 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    COALESCE(max(k.orders_total), 0) AS orders_total,
    COALESCE(max(k.orders_rows_total), 0) AS orders_rows_total
  FROM stack_4 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each customer, those that take part
per_customer_total_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    count(*) AS per_customer_total
  FROM cells_4 AS c
  WHERE (c.orders_rows_total > 0) IS TRUE
    AND (c.orders_total >= 2) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'channel' AS slicing,
    i.channel
  FROM orders_entities AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM orders_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM orders_atoms_3 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM orders_atoms_4 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel
),
-- results of each source, and a row for every cell asked
stack_5 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    r.buyers,
    CAST(NULL AS BIGINT) AS per_customer_3
  FROM orders_distinct_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS per_customer_3
  FROM per_customer_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS per_customer,
    r.per_customer_2,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS per_customer_3
  FROM per_customer_2_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    CAST(NULL AS BIGINT) AS buyers,
    r.per_customer_3
  FROM per_customer_3_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS per_customer_3
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    max(k.per_customer) AS per_customer,
    max(k.per_customer_2) AS per_customer_2,
    max(k.buyers) AS buyers,
    max(k.per_customer_3) AS per_customer_3
  FROM stack_5 AS k
  GROUP BY 1, 2, 3
),
-- with totals beside their parts, and what no rows mean
cells_5 AS (
  SELECT
    m.period_start,
    m.slicing,
    m.channel,
    COALESCE(m.per_customer, 0) AS per_customer,
    COALESCE(m.per_customer_2, 0) AS per_customer_2,
    COALESCE(m.buyers, 0) AS buyers,
    COALESCE(m.per_customer_3, 0) AS per_customer_3,
    COALESCE(t1.per_customer_total, 0) AS per_customer_total
  FROM merged AS m
  LEFT JOIN per_customer_total_result AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.per_customer AS twice,
  CAST(c.per_customer_2 AS DOUBLE) / NULLIF(c.buyers, 0) AS twice_rate,
  CAST(c.per_customer_3 AS DOUBLE) / NULLIF(c.per_customer_total, 0) AS share
FROM cells_5 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
