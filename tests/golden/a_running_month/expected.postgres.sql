WITH
-- orders by day
orders_atoms AS (
  SELECT
    CAST(orders.ordered_at + INTERVAL '1 hour' AS DATE) AS period_start,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) AS amount,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_at >= TIMESTAMP '2026-01-31 23:00:00'
    AND orders.ordered_at < TIMESTAMP '2026-03-21 23:00:00'
  GROUP BY 1
),
-- orders: amount, orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.amount) AS amount,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: settled 7 days
settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-03-15')
  ) AS q(period_start, window_start, window_end)
),
-- orders: amount by month, settled 7 days
orders_monthly_settled_7_days AS (
  SELECT
    w.period_start,
    sum(i.amount) AS amount_2
  FROM orders_atoms AS i
  JOIN settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 month
previous_1_month AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: amount by month, previous 1 month
orders_monthly_previous_1_month AS (
  SELECT
    w.period_start,
    sum(i.amount) AS amount_previous
  FROM orders_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: rolling 28 days
rolling_28_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-03-04', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: amount by month, rolling 28 days
orders_monthly_rolling_28_days AS (
  SELECT
    w.period_start,
    sum(i.amount) AS amount_rolling
  FROM orders_atoms AS i
  JOIN rolling_28_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders: customers by month
orders_distinct_monthly AS (
  SELECT
    CAST(date_trunc('month', orders.ordered_at + INTERVAL '1 hour') AS DATE) AS period_start,
    count(DISTINCT orders.customer) AS customers
  FROM orders
  WHERE orders.ordered_at >= TIMESTAMP '2026-02-28 23:00:00'
    AND orders.ordered_at < TIMESTAMP '2026-03-21 23:00:00'
  GROUP BY 1
),
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-03-22')
  ) AS q(period_start, window_end)
),
-- subscriptions: subscribers by month
subscriptions_monthly AS (
  SELECT
    w.period_start,
    count(*) AS subscribers
  FROM subscriptions
  JOIN at_end AS w
    ON subscriptions.began < w.window_end
    AND (subscriptions.ended IS NULL OR subscriptions.ended >= w.window_end)
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.amount, 0) AS amount,
    COALESCE(r2.amount_2, 0) AS amount_2,
    COALESCE(r5.customers, 0) AS customers,
    COALESCE(r6.subscribers, 0) AS subscribers,
    COALESCE(r1.orders, 0) AS orders,
    COALESCE(r3.amount_previous, 0) AS amount_previous,
    COALESCE(r4.amount_rolling, 0) AS amount_rolling
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_monthly_settled_7_days AS r2 ON r2.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_1_month AS r3 ON r3.period_start = p.period_start
  LEFT JOIN orders_monthly_rolling_28_days AS r4 ON r4.period_start = p.period_start
  LEFT JOIN orders_distinct_monthly AS r5 ON r5.period_start = p.period_start
  LEFT JOIN subscriptions_monthly AS r6 ON r6.period_start = p.period_start
),
-- KPIs that other KPIs use
formulas AS MATERIALIZED (
  SELECT
    c.*,
    1240 AS amount_target,
    840 AS amount_due,
    1240 AS settled_amount_target,
    560 AS settled_amount_due,
    6 AS customers_target,
    CAST(126 AS DOUBLE PRECISION) / 31 AS customers_due,
    4 AS subscribers_target,
    CAST(c.amount AS DOUBLE PRECISION) / NULLIF(c.orders, 0) AS per_order,
    250 AS per_order_target,
    c.amount_previous * 1.24 AS against_before_target,
    c.amount_previous * 0.84 AS against_before_due,
    700 AS recent_target
  FROM cells AS c
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.amount,
  c.amount_target,
  1 + CAST(c.amount - c.amount_target AS DOUBLE PRECISION) / NULLIF(abs(c.amount_target), 0) AS amount_attainment,
  1 + CAST(c.amount - c.amount_due AS DOUBLE PRECISION) / NULLIF(abs(c.amount_due), 0) AS amount_pacing,
  CASE
    WHEN c.amount IS NULL THEN 'no_data'
    WHEN c.amount_due IS NULL THEN 'no_target'
    WHEN round(CAST(c.amount AS NUMERIC), 9) < round(CAST(c.amount_due AS NUMERIC), 9) THEN 'off_track'
    ELSE 'on_track'
  END AS amount_status,
  CASE WHEN TRUE THEN c.amount * (CAST(31 AS DOUBLE PRECISION) / 21) ELSE c.amount END AS amount_projected,
  c.amount_2 AS settled_amount,
  c.settled_amount_target,
  1
    + CAST(c.amount_2 - c.settled_amount_target AS DOUBLE PRECISION)
      / NULLIF(abs(c.settled_amount_target), 0) AS settled_amount_attainment,
  1
    + CAST(c.amount_2 - c.settled_amount_due AS DOUBLE PRECISION)
      / NULLIF(abs(c.settled_amount_due), 0) AS settled_amount_pacing,
  CASE
    WHEN c.amount_2 IS NULL THEN 'no_data'
    WHEN c.settled_amount_due IS NULL THEN 'no_target'
    WHEN round(CAST(c.amount_2 AS NUMERIC), 9) < round(CAST(c.settled_amount_due AS NUMERIC), 9) THEN 'off_track'
    ELSE 'on_track'
  END AS settled_amount_status,
  CASE WHEN TRUE THEN c.amount_2 * (CAST(31 AS DOUBLE PRECISION) / 14) ELSE c.amount_2 END AS settled_amount_projected,
  c.customers,
  c.customers_target,
  1
    + CAST(c.customers - c.customers_target AS DOUBLE PRECISION)
      / NULLIF(abs(c.customers_target), 0) AS customers_attainment,
  1 + CAST(c.customers - c.customers_due AS DOUBLE PRECISION) / NULLIF(abs(c.customers_due), 0) AS customers_pacing,
  CASE
    WHEN c.customers IS NULL THEN 'no_data'
    WHEN c.customers_due IS NULL THEN 'no_target'
    WHEN round(CAST(c.customers AS NUMERIC), 9) < round(CAST(c.customers_due AS NUMERIC), 9) THEN 'off_track'
    ELSE 'on_track'
  END AS customers_status,
  CASE WHEN TRUE THEN CAST(NULL AS DOUBLE PRECISION) ELSE c.customers END AS customers_projected,
  c.subscribers,
  c.subscribers_target,
  1
    + CAST(c.subscribers - c.subscribers_target AS DOUBLE PRECISION)
      / NULLIF(abs(c.subscribers_target), 0) AS subscribers_attainment,
  1
    + CAST(c.subscribers - c.subscribers_target AS DOUBLE PRECISION)
      / NULLIF(abs(c.subscribers_target), 0) AS subscribers_pacing,
  CASE
    WHEN c.subscribers IS NULL THEN 'no_data'
    WHEN c.subscribers_target IS NULL THEN 'no_target'
    WHEN round(CAST(c.subscribers AS NUMERIC), 9) < round(CAST(c.subscribers_target AS NUMERIC), 9) THEN 'off_track'
    ELSE 'on_track'
  END AS subscribers_status,
  CASE WHEN TRUE THEN CAST(NULL AS DOUBLE PRECISION) ELSE c.subscribers END AS subscribers_projected,
  c.per_order,
  c.per_order_target,
  1
    + CAST(c.per_order - c.per_order_target AS DOUBLE PRECISION)
      / NULLIF(abs(c.per_order_target), 0) AS per_order_attainment,
  1
    + CAST(c.per_order - c.per_order_target AS DOUBLE PRECISION)
      / NULLIF(abs(c.per_order_target), 0) AS per_order_pacing,
  CASE
    WHEN c.per_order IS NULL THEN 'no_data'
    WHEN c.per_order_target IS NULL THEN 'no_target'
    WHEN round(CAST(c.per_order AS NUMERIC), 9) < round(CAST(c.per_order_target AS NUMERIC), 9) THEN 'off_track'
    ELSE 'on_track'
  END AS per_order_status,
  c.per_order AS per_order_projected,
  c.amount AS against_before,
  c.against_before_target,
  1
    + CAST(c.amount - c.against_before_target AS DOUBLE PRECISION)
      / NULLIF(abs(c.against_before_target), 0) AS against_before_attainment,
  1
    + CAST(c.amount - c.against_before_due AS DOUBLE PRECISION)
      / NULLIF(abs(c.against_before_due), 0) AS against_before_pacing,
  CASE
    WHEN c.amount IS NULL THEN 'no_data'
    WHEN c.against_before_due IS NULL THEN 'no_target'
    WHEN round(CAST(c.amount AS NUMERIC), 9) < round(CAST(c.against_before_due AS NUMERIC), 9) THEN 'off_track'
    ELSE 'on_track'
  END AS against_before_status,
  CASE WHEN TRUE THEN c.amount * (CAST(31 AS DOUBLE PRECISION) / 21) ELSE c.amount END AS against_before_projected,
  c.amount_rolling AS recent,
  c.recent_target,
  1 + CAST(c.amount_rolling - c.recent_target AS DOUBLE PRECISION) / NULLIF(abs(c.recent_target), 0) AS recent_attainment,
  1 + CAST(c.amount_rolling - c.recent_target AS DOUBLE PRECISION) / NULLIF(abs(c.recent_target), 0) AS recent_pacing,
  CASE
    WHEN c.amount_rolling IS NULL THEN 'no_data'
    WHEN c.recent_target IS NULL THEN 'no_target'
    WHEN round(CAST(c.amount_rolling AS NUMERIC), 9) < round(CAST(c.recent_target AS NUMERIC), 9) THEN 'off_track'
    ELSE 'on_track'
  END AS recent_status,
  CASE WHEN TRUE THEN CAST(NULL AS DOUBLE PRECISION) ELSE c.amount_rolling END AS recent_projected
FROM formulas AS c
ORDER BY c.period_start;
