WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.day AS period_start,
    orders.channel,
    sum(orders.amount) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.channel,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms AS i
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- results of each source, and a row of nobody
stack AS (
  SELECT
    r.period_start,
    r.channel,
    r.revenue,
    r.orders_rows
  FROM orders_monthly AS r
  WHERE r.channel IS NOT NULL
  UNION ALL
  SELECT
    p.period_start,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders_rows
  FROM spine AS p
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.channel,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- what members are ordered by
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.orders_rows > 0 THEN c.revenue END AS ranked_by
  FROM cells AS c
),
-- members among each other
formulas_2 AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.ranked_by IS NOT NULL THEN rank() OVER (
          PARTITION BY c.period_start, c.channel IS NOT NULL
          ORDER BY c.ranked_by DESC NULLS LAST
        )
    END AS place
  FROM formulas AS c
),
-- best: the band of each channel, and of those without a row
best_bands AS (
  SELECT
    c.period_start,
    c.channel,
    CASE WHEN (c.place <= 2) IS TRUE THEN 'leading' ELSE 'others' END AS best
  FROM formulas_2 AS c
),
-- best: the band of those without a row
best_without_rows AS (
  SELECT
    b.period_start,
    max(b.best) AS best
  FROM best_bands AS b
  WHERE b.channel IS NULL
  GROUP BY 1
),
-- orders by month
orders_atoms_2 AS (
  SELECT
    CAST(orders.day AS DATE) - CAST(day(orders.day) - 1 AS INTEGER) AS period_start,
    CASE
      WHEN orders.channel IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.best
      ELSE n.best
    END AS best,
    sum(orders.amount) AS revenue,
    count(*) AS orders
  FROM orders
  LEFT JOIN best_bands AS b
    ON b.period_start = CAST(orders.day AS DATE) - CAST(day(orders.day) - 1 AS INTEGER)
    AND b.channel = orders.channel
  LEFT JOIN best_without_rows AS n
    ON n.period_start = CAST(orders.day AS DATE) - CAST(day(orders.day) - 1 AS INTEGER)
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders by month
orders_monthly_2 AS (
  SELECT
    i.period_start,
    'best' AS slicing,
    i.best,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS best,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms_2 AS i
  GROUP BY 1
),
-- orders: each counted value once a month
orders_entities AS (
  SELECT
    CAST(orders.day AS DATE) - CAST(day(orders.day) - 1 AS INTEGER) AS period_start,
    CASE
      WHEN orders.channel IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.best
      ELSE n.best
    END AS best,
    orders.customer AS entity
  FROM orders
  LEFT JOIN best_bands AS b
    ON b.period_start = CAST(orders.day AS DATE) - CAST(day(orders.day) - 1 AS INTEGER)
    AND b.channel = orders.channel
  LEFT JOIN best_without_rows AS n
    ON n.period_start = CAST(orders.day AS DATE) - CAST(day(orders.day) - 1 AS INTEGER)
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- orders: buyers by month
orders_distinct_monthly AS (
  SELECT
    i.period_start,
    'best' AS slicing,
    i.best,
    count(i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS best,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1
),
-- the members that occur
members AS (
  SELECT
    'best' AS slicing,
    i.best
  FROM orders_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS best
),
-- results of each source, and a row for every cell asked
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.best,
    r.revenue,
    CAST(NULL AS BIGINT) AS buyers,
    r.orders
  FROM orders_monthly_2 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.best,
    CAST(NULL AS BIGINT) AS revenue,
    r.buyers,
    CAST(NULL AS BIGINT) AS orders
  FROM orders_distinct_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.best,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS orders
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.best,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.buyers), 0) AS buyers,
    COALESCE(max(k.orders), 0) AS orders
  FROM stack_2 AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.best,
  c.revenue,
  c.buyers,
  CAST(c.revenue AS DOUBLE) / NULLIF(c.orders, 0) AS order_value
FROM cells_2 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'best' THEN 1 END,
  c.best NULLS LAST,
  c.period_start;
