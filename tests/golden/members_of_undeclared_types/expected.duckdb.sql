WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.size,
    orders.shop,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- orders: orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'size' AS slicing,
    i.size,
    CAST(NULL AS VARCHAR) AS shop,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'shop' AS slicing,
    CAST(NULL AS VARCHAR) AS size,
    i.shop,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS size,
    CAST(NULL AS VARCHAR) AS shop,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1
),
-- orders: each counted value once a month
orders_entities AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    orders.size,
    orders.shop,
    orders.customer_id AS entity
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
  GROUP BY 1, 2, 3, 4
),
-- orders: buyers by month
orders_distinct_monthly AS (
  SELECT
    i.period_start,
    'size' AS slicing,
    i.size,
    CAST(NULL AS VARCHAR) AS shop,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'shop' AS slicing,
    CAST(NULL AS VARCHAR) AS size,
    i.shop,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS size,
    CAST(NULL AS VARCHAR) AS shop,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1
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
    'size' AS slicing,
    i.size,
    CAST(NULL AS VARCHAR) AS shop
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'shop' AS slicing,
    CAST(NULL AS VARCHAR) AS size,
    i.shop
  FROM orders_atoms AS i
  GROUP BY 3
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS size,
    CAST(NULL AS VARCHAR) AS shop
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.size,
    r.shop,
    r.orders,
    CAST(NULL AS BIGINT) AS buyers
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.size,
    r.shop,
    CAST(NULL AS BIGINT) AS orders,
    r.buyers
  FROM orders_distinct_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.size,
    m.shop,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS buyers
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.size,
    k.shop,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.buyers), 0) AS buyers
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.size,
  c.shop,
  c.orders,
  c.buyers
FROM cells AS c
ORDER BY
  CASE
    WHEN c.slicing = 'total' THEN 0
    WHEN c.slicing = 'size' THEN 1
    WHEN c.slicing = 'shop' THEN 2
  END,
  c.size NULLS LAST,
  c.shop NULLS LAST,
  c.period_start;
