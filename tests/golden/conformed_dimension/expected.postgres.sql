WITH
-- spend by day
spend_atoms AS (
  SELECT
    spend.spent_on AS period_start,
    spend.medium AS channel,
    sum(CAST(spend.cost AS NUMERIC(12, 2))) AS cost
  FROM spend
  WHERE spend.spent_on >= DATE '2026-01-01'
    AND spend.spent_on < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- spend: cost by month
spend_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.channel,
    sum(i.cost) AS cost
  FROM spend_atoms AS i
  GROUP BY 1, 2
),
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    lower(orders.channel) AS channel,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- orders: orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1, 2
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
    i.channel
  FROM spend_atoms AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.channel
  FROM orders_atoms AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.channel,
    r.cost,
    CAST(NULL AS BIGINT) AS orders
  FROM spend_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.channel,
    CAST(NULL AS BIGINT) AS cost,
    r.orders
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.channel,
    CAST(NULL AS BIGINT) AS cost,
    CAST(NULL AS BIGINT) AS orders
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.channel,
    COALESCE(max(k.cost), 0) AS cost,
    COALESCE(max(k.orders), 0) AS orders
  FROM stack AS k
  GROUP BY 1, 2
)
SELECT
  c.period_start,
  'channel' AS slicing,
  'all' AS segment,
  c.channel,
  CAST(c.cost AS DOUBLE PRECISION) / NULLIF(c.orders, 0) AS cost_per_order,
  c.orders,
  c.cost
FROM cells AS c
ORDER BY c.channel NULLS LAST, c.period_start;
