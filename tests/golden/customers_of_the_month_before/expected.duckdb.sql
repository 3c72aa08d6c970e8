WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    (orders.channel = 'web') IS TRUE AS is_web,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-02-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'web' AS segment,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms AS i
  WHERE i.is_web
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'all' AS segment,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms AS i
  GROUP BY 1, 3
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.segment,
    r.customer,
    r.revenue,
    r.orders_rows
  FROM orders_monthly AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.segment,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack AS k
  GROUP BY 1, 2, 3
),
-- over each customer, those that take part
per_customer_result AS (
  SELECT
    c.period_start,
    c.segment,
    CAST(sum(c.revenue) AS DOUBLE) / NULLIF(count(c.revenue), 0) AS per_customer
  FROM cells AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    (orders.channel = 'web') IS TRUE AS is_web,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue_previous,
    count(*) AS orders_rows_previous
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue, orders_rows by month, previous
orders_monthly_previous AS (
  SELECT
    w.period_start,
    'web' AS segment,
    i.customer,
    sum(i.revenue_previous) AS revenue_previous,
    CAST(sum(i.orders_rows_previous) AS BIGINT) AS orders_rows_previous
  FROM orders_atoms_2 AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  WHERE i.is_web
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'all' AS segment,
    i.customer,
    sum(i.revenue_previous) AS revenue_previous,
    CAST(sum(i.orders_rows_previous) AS BIGINT) AS orders_rows_previous
  FROM orders_atoms_2 AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.segment,
    r.customer,
    r.revenue_previous,
    r.orders_rows_previous
  FROM orders_monthly_previous AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.segment,
    k.customer,
    COALESCE(max(k.revenue_previous), 0) AS revenue_previous,
    COALESCE(max(k.orders_rows_previous), 0) AS orders_rows_previous
  FROM stack_2 AS k
  GROUP BY 1, 2, 3
),
-- over each customer, those that take part
per_customer_previous_result AS (
  SELECT
    c.period_start,
    c.segment,
    CAST(sum(c.revenue_previous) AS DOUBLE) / NULLIF(count(c.revenue_previous), 0) AS per_customer_previous
  FROM cells_2 AS c
  WHERE (c.orders_rows_previous > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2
),
-- orders by day
orders_atoms_3 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    (orders.channel = 'web') IS TRUE AS is_web,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue_previous,
    count(*) AS orders_rows_previous
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month, previous
orders_monthly_previous_2 AS (
  SELECT
    w.period_start,
    'web' AS segment,
    i.customer,
    sum(i.revenue_previous) AS revenue_previous,
    CAST(sum(i.orders_rows_previous) AS BIGINT) AS orders_rows_previous
  FROM orders_atoms_3 AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  WHERE i.is_web
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'all' AS segment,
    i.customer,
    sum(i.revenue_previous) AS revenue_previous,
    CAST(sum(i.orders_rows_previous) AS BIGINT) AS orders_rows_previous
  FROM orders_atoms_3 AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.segment,
    r.customer,
    r.revenue_previous,
    r.orders_rows_previous
  FROM orders_monthly_previous_2 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.segment,
    k.customer,
    COALESCE(max(k.revenue_previous), 0) AS revenue_previous,
    COALESCE(max(k.orders_rows_previous), 0) AS orders_rows_previous
  FROM stack_3 AS k
  GROUP BY 1, 2, 3
),
-- over each customer, those that take part
per_customer_previous_2_result AS (
  SELECT
    c.period_start,
    c.segment,
    CAST(sum(c.revenue_previous) AS DOUBLE) / NULLIF(count(c.revenue_previous), 0) AS per_customer_previous_2
  FROM cells_3 AS c
  WHERE (c.orders_rows_previous > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2
),
-- orders by day
orders_atoms_4 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    (orders.channel = 'web') IS TRUE AS is_web,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) FILTER (WHERE orders.channel = 'web') AS revenue_where,
    count(*) FILTER (WHERE orders.channel = 'web') AS orders_rows_where
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-02-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month
orders_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'web' AS segment,
    i.customer,
    sum(i.revenue_where) AS revenue_where,
    CAST(sum(i.orders_rows_where) AS BIGINT) AS orders_rows_where
  FROM orders_atoms_4 AS i
  WHERE i.is_web
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'all' AS segment,
    i.customer,
    sum(i.revenue_where) AS revenue_where,
    CAST(sum(i.orders_rows_where) AS BIGINT) AS orders_rows_where
  FROM orders_atoms_4 AS i
  GROUP BY 1, 3
),
-- results of each source
stack_4 AS (
  SELECT
    r.period_start,
    r.segment,
    r.customer,
    r.revenue_where,
    r.orders_rows_where
  FROM orders_monthly_2 AS r
),
-- one row a cell, with what no rows mean
cells_4 AS (
  SELECT
    k.period_start,
    k.segment,
    k.customer,
    COALESCE(max(k.revenue_where), 0) AS revenue_where,
    COALESCE(max(k.orders_rows_where), 0) AS orders_rows_where
  FROM stack_4 AS k
  GROUP BY 1, 2, 3
),
-- over each customer, those that take part
per_customer_2_result AS (
  SELECT
    c.period_start,
    c.segment,
    CAST(sum(c.revenue_where) AS DOUBLE) / NULLIF(count(c.revenue_where), 0) AS per_customer_2
  FROM cells_4 AS c
  WHERE (c.orders_rows_where > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('web'),
      ('all')
  ) AS q(segment)
),
-- every period, with what no rows mean
cells_5 AS (
  SELECT
    p.period_start,
    s.segment,
    r1.per_customer,
    r2.per_customer_previous,
    r3.per_customer_previous_2,
    r4.per_customer_2
  FROM spine AS p
  CROSS JOIN segments AS s
  LEFT JOIN per_customer_result AS r1
    ON r1.period_start = p.period_start
    AND r1.segment = s.segment
  LEFT JOIN per_customer_previous_result AS r2
    ON r2.period_start = p.period_start
    AND r2.segment = s.segment
  LEFT JOIN per_customer_previous_2_result AS r3
    ON r3.period_start = p.period_start
    AND r3.segment = s.segment
  LEFT JOIN per_customer_2_result AS r4
    ON r4.period_start = p.period_start
    AND r4.segment = s.segment
)
SELECT
  c.period_start,
  'total' AS slicing,
  c.segment,
  c.per_customer,
  c.per_customer_previous AS before,
  CAST(c.per_customer AS DOUBLE) / NULLIF(c.per_customer_previous_2, 0) - 1 AS growth,
  c.per_customer_2 AS of_the_web
FROM cells_5 AS c
ORDER BY CASE WHEN c.segment = 'web' THEN 0 WHEN c.segment = 'all' THEN 1 END, c.period_start;
