WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    CASE WHEN customer.country = 'FR' THEN 'home' ELSE 'export' END AS market,
    (customer.tier = 'gold' AND CAST(orders.amount AS DECIMAL(12, 2)) > 10) IS TRUE AS premium,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue,
    count(*) FILTER (WHERE customer.tier = 'gold') AS gold
  FROM orders
  LEFT JOIN customers AS customer ON customer.customer_id = orders.customer_id
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, gold by quarter
orders_quarterly AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'market' AS slicing,
    i.market,
    CAST(NULL AS BOOLEAN) AS premium,
    sum(i.revenue) AS revenue,
    CAST(sum(i.gold) AS BIGINT) AS gold
  FROM orders_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'premium' AS slicing,
    CAST(NULL AS VARCHAR) AS market,
    i.premium,
    sum(i.revenue) AS revenue,
    CAST(sum(i.gold) AS BIGINT) AS gold
  FROM orders_atoms AS i
  GROUP BY 1, 4
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '3 months') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'market' AS slicing,
    i.market,
    CAST(NULL AS BOOLEAN) AS premium
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'premium' AS slicing,
    CAST(NULL AS VARCHAR) AS market,
    i.premium
  FROM orders_atoms AS i
  GROUP BY 3
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.market,
    r.premium,
    r.revenue,
    r.gold
  FROM orders_quarterly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.market,
    m.premium,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS gold
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.market,
    k.premium,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.gold), 0) AS gold
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.market,
  c.premium,
  c.revenue,
  c.gold
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'market' THEN 0 WHEN c.slicing = 'premium' THEN 1 END,
  c.market NULLS LAST,
  c.premium NULLS LAST,
  c.period_start;
