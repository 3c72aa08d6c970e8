WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    COALESCE(orders.device, 'other') AS device,
    (orders.channel = 'web') IS TRUE AS is_online,
    ((orders.channel = 'web') IS NOT TRUE) IS TRUE AS is_offline,
    (COALESCE(orders.device, 'other') = 'mobile') IS TRUE AS is_mobile,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue,
    count(*) AS orders,
    count(*) FILTER (WHERE customer.tier = 'gold') AS gold,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) FILTER (WHERE orders.channel = 'web') AS revenue_where
  FROM orders
  LEFT JOIN customers AS customer ON customer.customer_id = orders.customer_id
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3, 4, 5
),
-- orders: revenue, orders, gold by quarter
orders_quarterly AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'online' AS segment,
    i.device,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.gold) AS BIGINT) AS gold,
    sum(i.revenue_where) AS revenue_where
  FROM orders_atoms AS i
  WHERE i.is_online
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'offline' AS segment,
    i.device,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.gold) AS BIGINT) AS gold,
    sum(i.revenue_where) AS revenue_where
  FROM orders_atoms AS i
  WHERE i.is_offline
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'mobile' AS segment,
    i.device,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.gold) AS BIGINT) AS gold,
    sum(i.revenue_where) AS revenue_where
  FROM orders_atoms AS i
  WHERE i.is_mobile
  GROUP BY 1, 3
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '3 months') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('online'),
      ('offline'),
      ('mobile')
  ) AS q(segment)
),
-- the members that occur
members AS (
  SELECT
    i.device
  FROM orders_atoms AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.segment,
    r.device,
    r.revenue,
    r.orders,
    r.gold,
    r.revenue_where
  FROM orders_quarterly AS r
  UNION ALL
  SELECT
    p.period_start,
    s.segment,
    m.device,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS gold,
    CAST(NULL AS BIGINT) AS revenue_where
  FROM spine AS p
  CROSS JOIN members AS m
  CROSS JOIN segments AS s
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.segment,
    k.device,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.gold), 0) AS gold,
    COALESCE(max(k.revenue_where), 0) AS revenue_where
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  'device' AS slicing,
  c.segment,
  c.device,
  c.revenue,
  CAST(c.revenue AS DOUBLE) / NULLIF(c.orders, 0) AS aov,
  c.gold,
  CAST(c.revenue_where AS DOUBLE) / NULLIF(c.revenue, 0) AS web_share
FROM cells AS c
ORDER BY
  CASE
    WHEN c.segment = 'online' THEN 0
    WHEN c.segment = 'offline' THEN 1
    WHEN c.segment = 'mobile' THEN 2
  END,
  c.device NULLS LAST,
  c.period_start;
