WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    count(*) AS orders,
    count(*) FILTER (WHERE orders.returned) AS returns,
    count(*) FILTER (WHERE orders.channel = 'shop') AS orders_where
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1
),
-- orders: orders, returns by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.returns) AS BIGINT) AS returns,
    CAST(sum(i.orders_where) AS BIGINT) AS orders_where
  FROM orders_atoms AS i
  GROUP BY 1
),
-- orders: returners by month
orders_distinct_monthly AS (
  SELECT
    CAST(date_trunc('month', orders.ordered_on) AS DATE) AS period_start,
    count(DISTINCT orders.customer_id) AS returners
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
    AND orders.returned
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
    NULLIF(r1.returns, 0) AS returns,
    NULLIF(r2.returners, 0) AS returners,
    NULLIF(r1.orders_where, 0) AS orders_where
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_distinct_monthly AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.orders,
  c.returns,
  c.returners,
  c.orders_where AS in_shops
FROM cells AS c
ORDER BY c.period_start;
