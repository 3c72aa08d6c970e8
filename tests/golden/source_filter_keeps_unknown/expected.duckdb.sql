WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.status,
    count(*) AS orders,
    sum(orders.amount) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
    AND (orders.status = 'cancelled') IS NOT TRUE
  GROUP BY 1, 2
),
-- orders: orders, revenue by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'status' AS slicing,
    i.status,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS status,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
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
    'status' AS slicing,
    i.status
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS status
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.status,
    r.orders,
    r.revenue
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.status,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS revenue
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.status,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.revenue), 0) AS revenue
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.status,
  c.orders,
  c.revenue
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'status' THEN 1 END,
  c.status NULLS LAST,
  c.period_start;
