WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.day AS period_start,
    orders.country,
    sum(orders.amount) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.country,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms AS i
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.country,
    r.revenue,
    r.orders_rows
  FROM orders_monthly AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.country,
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
-- the 2 best of country
country_best AS MATERIALIZED (
  SELECT
    c.country,
    rank() OVER (PARTITION BY c.period_start ORDER BY c.ranked_by DESC NULLS LAST) AS place
  FROM formulas AS c
  WHERE c.ranked_by IS NOT NULL
  QUALIFY rank() OVER (PARTITION BY c.period_start ORDER BY c.ranked_by DESC NULLS LAST) <= 2
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.day AS period_start,
    best.country,
    best.place,
    sum(orders.amount) AS revenue,
    count(*) AS orders
  FROM orders
  LEFT JOIN country_best AS best ON best.country IS NOT DISTINCT FROM orders.country
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders by month
orders_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'country' AS slicing,
    i.country,
    i.place,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms_2 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS country,
    CAST(NULL AS BIGINT) AS place,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms_2 AS i
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
    'country' AS slicing,
    i.country,
    i.place
  FROM orders_atoms_2 AS i
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS country,
    CAST(NULL AS BIGINT) AS place
),
-- results of each source, and a row for every cell asked
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    r.place,
    r.revenue,
    r.orders
  FROM orders_monthly_2 AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.country,
    m.place,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.country,
    k.place,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders), 0) AS orders
  FROM stack_2 AS k
  GROUP BY 1, 2, 3, 4
),
-- KPIs that other KPIs use
formulas_2 AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.slicing = 'total' THEN 160
      WHEN c.slicing = 'country' AND c.country = 'FR' THEN 40
      WHEN c.slicing = 'country' AND c.country = 'DE' THEN 30
    END AS revenue_target,
    CAST(c.revenue AS DOUBLE) / NULLIF(c.orders, 0) AS order_value,
    CASE
      WHEN c.slicing = 'total' THEN 20
      WHEN c.slicing = 'country' AND c.country = 'FR' THEN 30
      WHEN c.slicing = 'country' THEN 20
    END AS order_value_target
  FROM cells_2 AS c
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.country,
  CASE WHEN c.slicing = 'country' THEN c.place IS NULL END AS is_others,
  c.revenue,
  c.revenue_target,
  1 + CAST(c.revenue - c.revenue_target AS DOUBLE) / NULLIF(abs(c.revenue_target), 0) AS revenue_attainment,
  1 + CAST(c.revenue - c.revenue_target AS DOUBLE) / NULLIF(abs(c.revenue_target), 0) AS revenue_pacing,
  CASE
    WHEN c.revenue IS NULL THEN 'no_data'
    WHEN c.revenue_target IS NULL THEN 'no_target'
    WHEN round(c.revenue, 9) < round(c.revenue_target, 9) THEN 'off_track'
    ELSE 'on_track'
  END AS revenue_status,
  c.revenue AS revenue_projected,
  c.order_value,
  c.order_value_target,
  1 + CAST(c.order_value - c.order_value_target AS DOUBLE) / NULLIF(abs(c.order_value_target), 0) AS order_value_attainment,
  1 + CAST(c.order_value - c.order_value_target AS DOUBLE) / NULLIF(abs(c.order_value_target), 0) AS order_value_pacing,
  CASE
    WHEN c.order_value IS NULL THEN 'no_data'
    WHEN c.order_value_target IS NULL THEN 'no_target'
    WHEN round(c.order_value, 9) < round(c.order_value_target, 9) THEN 'off_track'
    ELSE 'on_track'
  END AS order_value_status,
  c.order_value AS order_value_projected
FROM formulas_2 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'country' THEN 1 END,
  c.place NULLS LAST,
  c.country NULLS LAST,
  c.period_start;
