WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1
),
-- orders: revenue by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  GROUP BY 1
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: revenue by month
orders_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.customer,
    sum(i.revenue) AS revenue
  FROM orders_atoms_2 AS i
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- results of each source, and a row of nobody
stack AS (
  SELECT
    r.period_start,
    r.customer,
    r.revenue
  FROM orders_monthly_2 AS r
  WHERE r.customer IS NOT NULL
  UNION ALL
  SELECT
    p.period_start,
    CAST(NULL AS VARCHAR) AS customer,
    CAST(NULL AS BIGINT) AS revenue
  FROM spine AS p
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue
  FROM stack AS k
  GROUP BY 1, 2
),
-- value: the band of each customer, and of those without a row
value_bands AS (
  SELECT
    c.period_start,
    c.customer,
    CASE WHEN (c.revenue > 50) IS TRUE THEN 'big' ELSE 'small' END AS value
  FROM cells AS c
),
-- value: the band of those without a row
value_without_rows AS (
  SELECT
    b.period_start,
    max(b.value) AS value
  FROM value_bands AS b
  WHERE b.customer IS NULL
  GROUP BY 1
),
-- orders: revenue by month
orders_monthly_3 AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue_where
  FROM orders
  LEFT JOIN value_bands AS b
    ON b.period_start
      = CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER)
    AND b.customer = orders.customer_id
  LEFT JOIN value_without_rows AS n
    ON n.period_start
      = CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER)
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
    AND CASE
      WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.value
      ELSE n.value
    END
      = 'big'
  GROUP BY 1
),
-- every period, with what no rows mean
cells_2 AS (
  SELECT
    p.period_start,
    COALESCE(r1.revenue, 0) AS revenue,
    COALESCE(r2.revenue_where, 0) AS revenue_where
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_monthly_3 AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.revenue,
  CAST(c.revenue_where AS DOUBLE) / NULLIF(c.revenue, 0) AS big_share
FROM cells_2 AS c
ORDER BY c.period_start;
