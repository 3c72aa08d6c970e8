WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
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
    r.revenue,
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
    COALESCE(max(k.revenue), 0) AS revenue,
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
    AND (c.revenue > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month
orders_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_2 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
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
    r.revenue,
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
    COALESCE(max(k.revenue), 0) AS revenue,
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
    sum(c.revenue) AS per_customer_2
  FROM cells_2 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- orders by day
orders_atoms_3 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month
orders_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_3 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
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
    r.revenue,
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
    COALESCE(max(k.revenue), 0) AS revenue,
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
    CAST(sum(c.revenue) AS DOUBLE) / NULLIF(count(c.revenue), 0) AS per_customer_3
  FROM cells_3 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- orders by day
orders_atoms_4 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month
orders_monthly_4 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_4 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
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
    r.revenue,
    r.orders_rows
  FROM orders_monthly_4 AS r
),
-- one row a cell, with what no rows mean
cells_4 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack_4 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each customer, those that take part
per_customer_4_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    min(c.revenue) AS per_customer_4
  FROM cells_4 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- orders by day
orders_atoms_5 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month
orders_monthly_5 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_5 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_5 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_5 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    r.revenue,
    r.orders_rows
  FROM orders_monthly_5 AS r
),
-- one row a cell, with what no rows mean
cells_5 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack_5 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each customer, those that take part
per_customer_5_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    max(c.revenue) AS per_customer_5
  FROM cells_5 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- orders by day
orders_atoms_6 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month
orders_monthly_6 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_6 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_6 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_6 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    r.revenue,
    r.orders_rows
  FROM orders_monthly_6 AS r
),
-- one row a cell, with what no rows mean
cells_6 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack_6 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each customer, those that take part
per_customer_6_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    quantile_cont(CAST(c.revenue AS DOUBLE), 0.5) AS per_customer_6
  FROM cells_6 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- orders by day
orders_atoms_7 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month
orders_monthly_7 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_7 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_7 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_7 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    r.revenue,
    r.orders_rows
  FROM orders_monthly_7 AS r
),
-- one row a cell, with what no rows mean
cells_7 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack_7 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each customer, those that take part
per_customer_7_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    stddev_samp(CAST(c.revenue AS DOUBLE)) AS per_customer_7
  FROM cells_7 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
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
    'channel' AS slicing,
    i.channel
  FROM orders_atoms_5 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM orders_atoms_6 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM orders_atoms_7 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel
),
-- results of each source, and a row for every cell asked
stack_8 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    CAST(NULL AS BIGINT) AS per_customer_3,
    CAST(NULL AS BIGINT) AS per_customer_4,
    CAST(NULL AS BIGINT) AS per_customer_5,
    CAST(NULL AS BIGINT) AS per_customer_6,
    CAST(NULL AS BIGINT) AS per_customer_7
  FROM per_customer_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS per_customer,
    r.per_customer_2,
    CAST(NULL AS BIGINT) AS per_customer_3,
    CAST(NULL AS BIGINT) AS per_customer_4,
    CAST(NULL AS BIGINT) AS per_customer_5,
    CAST(NULL AS BIGINT) AS per_customer_6,
    CAST(NULL AS BIGINT) AS per_customer_7
  FROM per_customer_2_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    r.per_customer_3,
    CAST(NULL AS BIGINT) AS per_customer_4,
    CAST(NULL AS BIGINT) AS per_customer_5,
    CAST(NULL AS BIGINT) AS per_customer_6,
    CAST(NULL AS BIGINT) AS per_customer_7
  FROM per_customer_3_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    CAST(NULL AS BIGINT) AS per_customer_3,
    r.per_customer_4,
    CAST(NULL AS BIGINT) AS per_customer_5,
    CAST(NULL AS BIGINT) AS per_customer_6,
    CAST(NULL AS BIGINT) AS per_customer_7
  FROM per_customer_4_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    CAST(NULL AS BIGINT) AS per_customer_3,
    CAST(NULL AS BIGINT) AS per_customer_4,
    r.per_customer_5,
    CAST(NULL AS BIGINT) AS per_customer_6,
    CAST(NULL AS BIGINT) AS per_customer_7
  FROM per_customer_5_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    CAST(NULL AS BIGINT) AS per_customer_3,
    CAST(NULL AS BIGINT) AS per_customer_4,
    CAST(NULL AS BIGINT) AS per_customer_5,
    r.per_customer_6,
    CAST(NULL AS BIGINT) AS per_customer_7
  FROM per_customer_6_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    CAST(NULL AS BIGINT) AS per_customer_3,
    CAST(NULL AS BIGINT) AS per_customer_4,
    CAST(NULL AS BIGINT) AS per_customer_5,
    CAST(NULL AS BIGINT) AS per_customer_6,
    r.per_customer_7
  FROM per_customer_7_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    CAST(NULL AS BIGINT) AS per_customer_3,
    CAST(NULL AS BIGINT) AS per_customer_4,
    CAST(NULL AS BIGINT) AS per_customer_5,
    CAST(NULL AS BIGINT) AS per_customer_6,
    CAST(NULL AS BIGINT) AS per_customer_7
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_8 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    COALESCE(max(k.per_customer), 0) AS per_customer,
    COALESCE(max(k.per_customer_2), 0) AS per_customer_2,
    max(k.per_customer_3) AS per_customer_3,
    max(k.per_customer_4) AS per_customer_4,
    max(k.per_customer_5) AS per_customer_5,
    max(k.per_customer_6) AS per_customer_6,
    max(k.per_customer_7) AS per_customer_7
  FROM stack_8 AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.per_customer AS customers,
  c.per_customer_2 AS in_all,
  c.per_customer_3 AS mean,
  c.per_customer_4 AS "least",
  c.per_customer_5 AS most,
  c.per_customer_6 AS middle,
  c.per_customer_7 AS spread
FROM cells_8 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
