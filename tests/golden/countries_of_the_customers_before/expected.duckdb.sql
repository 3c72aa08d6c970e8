WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    customer.country,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue
  FROM orders
  LEFT JOIN customers AS customer ON customer.customer_id = orders.customer_id
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: revenue by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'country' AS slicing,
    i.country,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS country,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by month, previous
orders_monthly_previous AS (
  SELECT
    w.period_start,
    'country' AS slicing,
    i.country,
    sum(i.revenue) AS revenue_previous
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS country,
    sum(i.revenue) AS revenue_previous
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders: each counted value once a month
orders_entities AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    customer.country,
    orders.customer_id AS entity
  FROM orders
  LEFT JOIN customers AS customer ON customer.customer_id = orders.customer_id
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- the time that each period reads: rolling 2 months
rolling_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: buyers by month, rolling 2 months
orders_distinct_monthly_rolling_2_months AS (
  SELECT
    w.period_start,
    'country' AS slicing,
    i.country,
    count(DISTINCT i.entity) AS buyers_rolling
  FROM orders_entities AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS country,
    count(DISTINCT i.entity) AS buyers_rolling
  FROM orders_entities AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'country' AS slicing,
    i.country
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS country
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    r.revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS buyers_rolling
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    CAST(NULL AS BIGINT) AS revenue,
    r.revenue_previous,
    CAST(NULL AS BIGINT) AS buyers_rolling
  FROM orders_monthly_previous AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    r.buyers_rolling
  FROM orders_distinct_monthly_rolling_2_months AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.country,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS buyers_rolling
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.country,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.revenue_previous), 0) AS revenue_previous,
    COALESCE(max(k.buyers_rolling), 0) AS buyers_rolling
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.country,
  c.revenue,
  c.revenue_previous AS before,
  c.buyers_rolling AS buyers_2m
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'country' THEN 1 END,
  c.country NULLS LAST,
  c.period_start;
