WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    count(*) AS orders_rolling
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-02-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1
),
-- the time that each period reads: rolling 12 months
rolling_12_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-02-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2025-03-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: orders by month, rolling 12 months
orders_monthly_rolling_12_months AS (
  SELECT
    w.period_start,
    CAST(sum(i.orders_rolling) AS BIGINT) AS orders_rolling
  FROM orders_atoms AS i
  JOIN rolling_12_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders: each counted value once a month
orders_entities AS (
  SELECT
    CAST(date_trunc('month', orders.ordered_on) AS DATE) AS period_start,
    orders.customer_id AS entity
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-02-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: buyers by month, rolling 1 year
orders_distinct_monthly_rolling_1_year AS (
  SELECT
    w.period_start,
    count(DISTINCT i.entity) AS buyers_rolling
  FROM orders_entities AS i
  JOIN rolling_12_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders: buyers by month, rolling 12 months
orders_distinct_monthly_rolling_12_months AS (
  SELECT
    w.period_start,
    count(DISTINCT i.entity) AS buyers_rolling_2
  FROM orders_entities AS i
  JOIN rolling_12_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.orders_rolling, 0) AS orders_rolling,
    COALESCE(r2.buyers_rolling, 0) AS buyers_rolling,
    COALESCE(r3.buyers_rolling_2, 0) AS buyers_rolling_2
  FROM spine AS p
  LEFT JOIN orders_monthly_rolling_12_months AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_distinct_monthly_rolling_1_year AS r2 ON r2.period_start = p.period_start
  LEFT JOIN orders_distinct_monthly_rolling_12_months AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.orders_rolling AS orders_12m,
  c.buyers_rolling AS buyers_12m,
  CAST(c.orders_rolling AS DOUBLE PRECISION) / NULLIF(c.buyers_rolling_2, 0) AS purchase_frequency
FROM cells AS c
ORDER BY c.period_start;
