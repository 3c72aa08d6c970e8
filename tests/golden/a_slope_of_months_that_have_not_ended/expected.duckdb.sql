WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-11-01'
    AND orders.ordered_on < DATE '2026-03-11'
  GROUP BY 1
),
-- orders: orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-05-01'
  GROUP BY 1
),
-- the time that each period reads: previous 1 month
previous_1_month AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-02-11')
  ) AS q(period_start, window_start, window_end)
),
-- orders: orders by month, previous 1 month
orders_monthly_previous_1_month AS (
  SELECT
    w.period_start,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous
  FROM orders_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 2 months
previous_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-03-01', DATE '2026-01-01', DATE '2026-01-11')
  ) AS q(period_start, window_start, window_end)
),
-- orders: orders by month, previous 2 months
orders_monthly_previous_2_months AS (
  SELECT
    w.period_start,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_2
  FROM orders_atoms AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 3 months
previous_3_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2025-11-01', DATE '2025-12-01'),
      (DATE '2026-03-01', DATE '2025-12-01', DATE '2025-12-11')
  ) AS q(period_start, window_start, window_end)
),
-- orders: orders by month, previous 3 months
orders_monthly_previous_3_months AS (
  SELECT
    w.period_start,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_3
  FROM orders_atoms AS i
  JOIN previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders: orders by month, previous 1 month previous 1 month
orders_monthly_previous_1_month_previous_1_month AS (
  SELECT
    w.period_start,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_4
  FROM orders_atoms AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders: orders by month, previous 1 month previous 2 months
orders_monthly_previous_1_month_previous_2_months AS (
  SELECT
    w.period_start,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_5
  FROM orders_atoms AS i
  JOIN previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders: orders by month, settled 10 days
orders_monthly_settled_10_days AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.orders) AS BIGINT) AS orders_2
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-05-01'
  GROUP BY 1
),
-- the time that each period reads: previous 1 month settled 10 days
previous_1_month_settled_10_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: orders by month, previous 1 month settled 10 days
orders_monthly_previous_1_month_settled_10_days AS (
  SELECT
    w.period_start,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_6
  FROM orders_atoms AS i
  JOIN previous_1_month_settled_10_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 2 months settled 10 days
previous_2_months_settled_10_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2025-12-01', DATE '2026-01-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: orders by month, previous 2 months settled 10 days
orders_monthly_previous_2_months_settled_10_days AS (
  SELECT
    w.period_start,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_7
  FROM orders_atoms AS i
  JOIN previous_2_months_settled_10_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-04-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r1.orders, 0) END AS orders,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r2.orders_previous, 0) END AS orders_previous,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r3.orders_previous_2, 0) END AS orders_previous_2,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r4.orders_previous_3, 0) END AS orders_previous_3,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r5.orders_previous_4, 0) END AS orders_previous_4,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r6.orders_previous_5, 0) END AS orders_previous_5,
    CASE WHEN p.period_start < DATE '2026-03-01' THEN COALESCE(r7.orders_2, 0) END AS orders_2,
    CASE WHEN p.period_start < DATE '2026-03-01' THEN COALESCE(r8.orders_previous_6, 0) END AS orders_previous_6,
    CASE WHEN p.period_start < DATE '2026-03-01' THEN COALESCE(r9.orders_previous_7, 0) END AS orders_previous_7
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_1_month AS r2 ON r2.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_2_months AS r3 ON r3.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_3_months AS r4 ON r4.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_1_month_previous_1_month AS r5
    ON r5.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_1_month_previous_2_months AS r6
    ON r6.period_start = p.period_start
  LEFT JOIN orders_monthly_settled_10_days AS r7 ON r7.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_1_month_settled_10_days AS r8
    ON r8.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_2_months_settled_10_days AS r9
    ON r9.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.orders,
  (
    SELECT
      CASE
        WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE), CAST(p.place AS DOUBLE))
      END AS value
    FROM (
      VALUES
        (0, c.orders_previous_2),
        (1, c.orders_previous),
        (2, c.orders)
    ) AS p(place, value)
  ) AS trend,
  (
    SELECT
      CASE
        WHEN min(p.value) < max(p.value) THEN CAST(
            c.orders - CAST(sum(p.value) AS DOUBLE) / NULLIF(count(p.value), 0) AS DOUBLE
          )
            / NULLIF(stddev_samp(CAST(p.value AS DOUBLE)), 0)
      END AS value
    FROM (
      VALUES
        (c.orders_previous_3),
        (c.orders_previous_2),
        (c.orders_previous)
    ) AS p(value)
  ) AS score,
  (
    SELECT
      CASE
        WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE), CAST(p.place AS DOUBLE))
      END AS value
    FROM (
      VALUES
        (0, c.orders_previous_5),
        (1, c.orders_previous_4),
        (2, c.orders_previous)
    ) AS p(place, value)
  ) AS trend_before,
  (
    SELECT
      CASE
        WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE), CAST(p.place AS DOUBLE))
      END AS value
    FROM (
      VALUES
        (0, c.orders_previous_7),
        (1, c.orders_previous_6),
        (2, c.orders_2)
    ) AS p(place, value)
  ) AS old_trend
FROM cells AS c
ORDER BY c.period_start;
