WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue,
    count(*) AS orders,
    count(CAST(orders.amount AS DECIMAL(12, 2))) AS mean_count,
    min(CAST(orders.amount AS DECIMAL(12, 2))) AS "least",
    max(CAST(orders.amount AS DECIMAL(12, 2))) AS most
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-02-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders, mean, least, most by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.channel,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.revenue) AS DOUBLE) / NULLIF(sum(i.mean_count), 0) AS mean,
    min(i."least") AS "least",
    max(i.most) AS most
  FROM orders_atoms AS i
  GROUP BY 1, 2
),
-- orders: buyers by month
orders_distinct_monthly AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    orders.channel,
    count(DISTINCT orders.customer_id) AS buyers
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-02-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: middle by month
orders_spread_monthly AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    orders.channel,
    quantile_cont(CAST(CAST(orders.amount AS DECIMAL(12, 2)) AS DOUBLE), 0.5) AS middle
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-02-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
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
    r.revenue,
    r.orders,
    CAST(NULL AS BIGINT) AS buyers,
    r.mean,
    r."least",
    r.most,
    CAST(NULL AS BIGINT) AS middle
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders,
    r.buyers,
    CAST(NULL AS BIGINT) AS mean,
    CAST(NULL AS BIGINT) AS "least",
    CAST(NULL AS BIGINT) AS most,
    CAST(NULL AS BIGINT) AS middle
  FROM orders_distinct_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS mean,
    CAST(NULL AS BIGINT) AS "least",
    CAST(NULL AS BIGINT) AS most,
    r.middle
  FROM orders_spread_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS mean,
    CAST(NULL AS BIGINT) AS "least",
    CAST(NULL AS BIGINT) AS most,
    CAST(NULL AS BIGINT) AS middle
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.channel,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.buyers), 0) AS buyers,
    max(k.mean) AS mean,
    max(k."least") AS "least",
    max(k.most) AS most,
    max(k.middle) AS middle
  FROM stack AS k
  GROUP BY 1, 2
)
SELECT
  c.period_start,
  'channel' AS slicing,
  'all' AS segment,
  c.channel,
  c.revenue,
  c.orders,
  c.buyers,
  c.mean,
  c."least",
  c.most,
  c.middle
FROM cells AS c
ORDER BY c.channel NULLS LAST, c.period_start;
