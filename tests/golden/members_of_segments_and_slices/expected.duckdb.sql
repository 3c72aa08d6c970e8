WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    (CAST(orders.amount AS DECIMAL(10, 2)) >= 50) IS TRUE AS is_large,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'large' AS segment,
    i.channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.is_large
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'large' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.is_large
  GROUP BY 1
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.customer_id AS customer,
    (CAST(orders.amount AS DECIMAL(10, 2)) >= 50) IS TRUE AS is_large,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
  GROUP BY 1, 2, 3, 4
),
-- orders: revenue, orders_rows by month
orders_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_2 AS i
  GROUP BY 1, 4, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'large' AS segment,
    i.channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_2 AS i
  WHERE i.is_large
  GROUP BY 1, 4, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_2 AS i
  GROUP BY 1, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'large' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_2 AS i
  WHERE i.is_large
  GROUP BY 1, 5
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    r.customer,
    r.revenue,
    r.orders_rows
  FROM orders_monthly_2 AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.segment,
    k.channel,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack AS k
  GROUP BY 1, 2, 3, 4, 5
),
-- over each customer, those that take part
per_customer_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.segment,
    c.channel,
    CAST(sum(c.revenue) AS DOUBLE) / NULLIF(count(c.revenue), 0) AS per_customer
  FROM cells AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3, 4
),
-- orders by day
orders_atoms_3 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.customer_id AS customer,
    (CAST(orders.amount AS DECIMAL(10, 2)) >= 50) IS TRUE AS is_large,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
  GROUP BY 1, 2, 3, 4
),
-- orders: orders, orders_rows by month
orders_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    i.customer,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows
  FROM orders_atoms_3 AS i
  GROUP BY 1, 4, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'large' AS segment,
    i.channel,
    i.customer,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows
  FROM orders_atoms_3 AS i
  WHERE i.is_large
  GROUP BY 1, 4, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows
  FROM orders_atoms_3 AS i
  GROUP BY 1, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'large' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows
  FROM orders_atoms_3 AS i
  WHERE i.is_large
  GROUP BY 1, 5
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    r.customer,
    r.orders,
    r.orders_rows
  FROM orders_monthly_3 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.segment,
    k.channel,
    k.customer,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack_2 AS k
  GROUP BY 1, 2, 3, 4, 5
),
-- over each customer, those that take part
per_customer_2_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.segment,
    c.channel,
    count(*) AS per_customer_2
  FROM cells_2 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND (c.orders >= 2) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3, 4
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('all'),
      ('large')
  ) AS q(segment)
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
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel
),
-- results of each source, and a row for every cell asked
stack_3 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    r.revenue,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    r.per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2
  FROM per_customer_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS per_customer,
    r.per_customer_2
  FROM per_customer_2_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    s.segment,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2
  FROM spine AS p
  CROSS JOIN members AS m
  CROSS JOIN segments AS s
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.segment,
    k.channel,
    COALESCE(max(k.revenue), 0) AS revenue,
    max(k.per_customer) AS per_customer,
    COALESCE(max(k.per_customer_2), 0) AS per_customer_2
  FROM stack_3 AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  c.segment,
  c.channel,
  c.revenue,
  c.per_customer AS mean,
  c.per_customer_2 AS twice
FROM cells_3 AS c
ORDER BY
  CASE WHEN c.segment = 'all' THEN 0 WHEN c.segment = 'large' THEN 1 END,
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
