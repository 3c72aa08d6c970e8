WITH
-- orders: orders, revenue, largest by month
orders_monthly AS (
  SELECT
    DATE '2026-01-01' AS period_start,
    count(*) AS orders,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue,
    max(CAST(orders.amount AS DECIMAL(12, 2))) AS largest
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
  UNION ALL
  SELECT
    DATE '2026-02-01' AS period_start,
    count(*) AS orders,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue,
    max(CAST(orders.amount AS DECIMAL(12, 2))) AS largest
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-02-01'
    AND orders.ordered_on < DATE '2026-03-01'
  UNION ALL
  SELECT
    DATE '2026-03-01' AS period_start,
    count(*) AS orders,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue,
    max(CAST(orders.amount AS DECIMAL(12, 2))) AS largest
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-03-01'
    AND orders.ordered_on < DATE '2026-04-01'
),
-- orders: each counted value once a month
orders_entities AS (
  SELECT
    DATE '2026-01-01' AS period_start,
    orders.buyer AS entity,
    bool_or(orders.channel = 'web') AS buyers_where_counts
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
  GROUP BY 2
  UNION ALL
  SELECT
    DATE '2026-02-01' AS period_start,
    orders.buyer AS entity,
    bool_or(orders.channel = 'web') AS buyers_where_counts
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-02-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 2
  UNION ALL
  SELECT
    DATE '2026-03-01' AS period_start,
    orders.buyer AS entity,
    bool_or(orders.channel = 'web') AS buyers_where_counts
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-03-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 2
),
-- orders: buyers by month
orders_distinct_monthly AS (
  SELECT
    i.period_start,
    count(i.entity) AS buyers,
    count(i.entity) FILTER (WHERE i.buyers_where_counts) AS buyers_where
  FROM orders_entities AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.orders, 0) AS orders,
    COALESCE(r1.revenue, 0) AS revenue,
    r1.largest,
    COALESCE(r2.buyers, 0) AS buyers,
    NULLIF(r1.orders, 0) AS orders_unfilled,
    COALESCE(r2.buyers_where, 0) AS buyers_where
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_distinct_monthly AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.orders,
  c.revenue,
  c.largest,
  c.buyers,
  c.orders_unfilled AS known_orders,
  c.buyers_where AS web_buyers
FROM cells AS c
ORDER BY c.period_start;
