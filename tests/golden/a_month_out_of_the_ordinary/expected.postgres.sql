WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    (orders.channel = 'web') IS TRUE AS is_web,
    count(*) AS orders,
    sum(CAST(orders.amount AS NUMERIC(10, 2))) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-11-01'
    AND orders.ordered_on < DATE '2026-06-01'
  GROUP BY 1, 2, 3
),
-- orders: orders, revenue by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'web' AS segment,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.is_web
    AND i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-06-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'all' AS segment,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-06-01'
  GROUP BY 1, 3
),
-- the time that each period reads: previous 1 month
previous_1_month AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-04-01', DATE '2026-03-01', DATE '2026-04-01'),
      (DATE '2026-05-01', DATE '2026-04-01', DATE '2026-05-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: orders, revenue by month, previous 1 month
orders_monthly_previous_1_month AS (
  SELECT
    w.period_start,
    'web' AS segment,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous,
    sum(i.revenue) AS revenue_previous
  FROM orders_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  WHERE i.is_web
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'all' AS segment,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous,
    sum(i.revenue) AS revenue_previous
  FROM orders_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
),
-- the time that each period reads: previous 2 months
previous_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-04-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-05-01', DATE '2026-03-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: orders, revenue by month, previous 2 months
orders_monthly_previous_2_months AS (
  SELECT
    w.period_start,
    'web' AS segment,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_2,
    sum(i.revenue) AS revenue_previous_2
  FROM orders_atoms AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  WHERE i.is_web
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'all' AS segment,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_2,
    sum(i.revenue) AS revenue_previous_2
  FROM orders_atoms AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
),
-- the time that each period reads: previous 3 months
previous_3_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-04-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-05-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: orders, revenue by month, previous 3 months
orders_monthly_previous_3_months AS (
  SELECT
    w.period_start,
    'web' AS segment,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_3,
    sum(i.revenue) AS revenue_previous_3
  FROM orders_atoms AS i
  JOIN previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  WHERE i.is_web
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'all' AS segment,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_3,
    sum(i.revenue) AS revenue_previous_3
  FROM orders_atoms AS i
  JOIN previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
),
-- orders: orders by month, previous
orders_monthly_previous AS (
  SELECT
    w.period_start,
    'web' AS segment,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_4
  FROM orders_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  WHERE i.is_web
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'all' AS segment,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_4
  FROM orders_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
),
-- orders: orders by month, previous previous 1 month
orders_monthly_previous_previous_1_month AS (
  SELECT
    w.period_start,
    'web' AS segment,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_5
  FROM orders_atoms AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  WHERE i.is_web
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'all' AS segment,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_5
  FROM orders_atoms AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
),
-- orders: orders by month, previous previous 2 months
orders_monthly_previous_previous_2_months AS (
  SELECT
    w.period_start,
    'web' AS segment,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_6
  FROM orders_atoms AS i
  JOIN previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  WHERE i.is_web
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'all' AS segment,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_6
  FROM orders_atoms AS i
  JOIN previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
),
-- the time that each period reads: previous previous 3 months
previous_previous_3_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2025-11-01', DATE '2025-12-01'),
      (DATE '2026-04-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-05-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: orders by month, previous previous 3 months
orders_monthly_previous_previous_3_months AS (
  SELECT
    w.period_start,
    'web' AS segment,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_7
  FROM orders_atoms AS i
  JOIN previous_previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  WHERE i.is_web
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'all' AS segment,
    i.channel,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_7
  FROM orders_atoms AS i
  JOIN previous_previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-01', TIMESTAMP '2026-05-01', INTERVAL '1 month') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('web'),
      ('all')
  ) AS q(segment)
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
    r.segment,
    r.channel,
    r.orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    r.revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS orders_previous_4,
    CAST(NULL AS BIGINT) AS orders_previous_5,
    CAST(NULL AS BIGINT) AS orders_previous_6,
    CAST(NULL AS BIGINT) AS orders_previous_7
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS orders,
    r.orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS revenue,
    r.revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS orders_previous_4,
    CAST(NULL AS BIGINT) AS orders_previous_5,
    CAST(NULL AS BIGINT) AS orders_previous_6,
    CAST(NULL AS BIGINT) AS orders_previous_7
  FROM orders_monthly_previous_1_month AS r
  UNION ALL
  SELECT
    r.period_start,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    r.orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    r.revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS orders_previous_4,
    CAST(NULL AS BIGINT) AS orders_previous_5,
    CAST(NULL AS BIGINT) AS orders_previous_6,
    CAST(NULL AS BIGINT) AS orders_previous_7
  FROM orders_monthly_previous_2_months AS r
  UNION ALL
  SELECT
    r.period_start,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    r.orders_previous_3,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    r.revenue_previous_3,
    CAST(NULL AS BIGINT) AS orders_previous_4,
    CAST(NULL AS BIGINT) AS orders_previous_5,
    CAST(NULL AS BIGINT) AS orders_previous_6,
    CAST(NULL AS BIGINT) AS orders_previous_7
  FROM orders_monthly_previous_3_months AS r
  UNION ALL
  SELECT
    r.period_start,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    r.orders_previous_4,
    CAST(NULL AS BIGINT) AS orders_previous_5,
    CAST(NULL AS BIGINT) AS orders_previous_6,
    CAST(NULL AS BIGINT) AS orders_previous_7
  FROM orders_monthly_previous AS r
  UNION ALL
  SELECT
    r.period_start,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS orders_previous_4,
    r.orders_previous_5,
    CAST(NULL AS BIGINT) AS orders_previous_6,
    CAST(NULL AS BIGINT) AS orders_previous_7
  FROM orders_monthly_previous_previous_1_month AS r
  UNION ALL
  SELECT
    r.period_start,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS orders_previous_4,
    CAST(NULL AS BIGINT) AS orders_previous_5,
    r.orders_previous_6,
    CAST(NULL AS BIGINT) AS orders_previous_7
  FROM orders_monthly_previous_previous_2_months AS r
  UNION ALL
  SELECT
    r.period_start,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS orders_previous_4,
    CAST(NULL AS BIGINT) AS orders_previous_5,
    CAST(NULL AS BIGINT) AS orders_previous_6,
    r.orders_previous_7
  FROM orders_monthly_previous_previous_3_months AS r
  UNION ALL
  SELECT
    p.period_start,
    s.segment,
    m.channel,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS orders_previous_4,
    CAST(NULL AS BIGINT) AS orders_previous_5,
    CAST(NULL AS BIGINT) AS orders_previous_6,
    CAST(NULL AS BIGINT) AS orders_previous_7
  FROM spine AS p
  CROSS JOIN members AS m
  CROSS JOIN segments AS s
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.segment,
    k.channel,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.orders_previous), 0) AS orders_previous,
    COALESCE(max(k.orders_previous_2), 0) AS orders_previous_2,
    CASE WHEN k.period_start >= DATE '2026-04-01' THEN COALESCE(max(k.orders_previous_3), 0) END AS orders_previous_3,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.revenue_previous), 0) AS revenue_previous,
    COALESCE(max(k.revenue_previous_2), 0) AS revenue_previous_2,
    CASE WHEN k.period_start >= DATE '2026-04-01' THEN COALESCE(max(k.revenue_previous_3), 0) END AS revenue_previous_3,
    COALESCE(max(k.orders_previous_4), 0) AS orders_previous_4,
    COALESCE(max(k.orders_previous_5), 0) AS orders_previous_5,
    CASE WHEN k.period_start >= DATE '2026-04-01' THEN COALESCE(max(k.orders_previous_6), 0) END AS orders_previous_6,
    CASE WHEN k.period_start >= DATE '2026-05-01' THEN COALESCE(max(k.orders_previous_7), 0) END AS orders_previous_7
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  'channel' AS slicing,
  c.segment,
  c.channel,
  c.orders,
  (
    SELECT
      CASE
        WHEN min(p.value) < max(p.value) THEN CAST(
            c.orders - CAST(sum(p.value) AS DOUBLE PRECISION) / NULLIF(count(p.value), 0) AS DOUBLE PRECISION
          )
            / NULLIF(stddev_samp(CAST(p.value AS DOUBLE PRECISION)), 0)
      END AS value
    FROM (
      VALUES
        (c.orders_previous_3),
        (c.orders_previous_2),
        (c.orders_previous)
    ) AS p(value)
  ) AS surprise,
  (
    SELECT
      CASE
        WHEN min(p.value) < max(p.value) THEN CAST(
            CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.orders, 0)
              - CAST(sum(p.value) AS DOUBLE PRECISION) / NULLIF(count(p.value), 0) AS DOUBLE PRECISION
          )
            / NULLIF(stddev_samp(CAST(p.value AS DOUBLE PRECISION)), 0)
      END AS value
    FROM (
      VALUES
        (CAST(c.revenue_previous_3 AS DOUBLE PRECISION) / NULLIF(c.orders_previous_3, 0)),
        (CAST(c.revenue_previous_2 AS DOUBLE PRECISION) / NULLIF(c.orders_previous_2, 0)),
        (CAST(c.revenue_previous AS DOUBLE PRECISION) / NULLIF(c.orders_previous, 0))
    ) AS p(value)
  ) AS surprise_of_value,
  (
    SELECT
      CASE
        WHEN min(p.value) < max(p.value) THEN CAST(
            c.orders_previous_4 - CAST(sum(p.value) AS DOUBLE PRECISION) / NULLIF(count(p.value), 0) AS DOUBLE PRECISION
          )
            / NULLIF(stddev_samp(CAST(p.value AS DOUBLE PRECISION)), 0)
      END AS value
    FROM (
      VALUES
        (c.orders_previous_7),
        (c.orders_previous_6),
        (c.orders_previous_5)
    ) AS p(value)
  ) AS surprise_before,
  CASE
    WHEN (
        SELECT
          CASE
            WHEN min(p.value) < max(p.value) THEN CAST(
                c.orders - CAST(sum(p.value) AS DOUBLE PRECISION) / NULLIF(count(p.value), 0) AS DOUBLE PRECISION
              )
                / NULLIF(stddev_samp(CAST(p.value AS DOUBLE PRECISION)), 0)
          END AS value
        FROM (
          VALUES
            (c.orders_previous_3),
            (c.orders_previous_2),
            (c.orders_previous)
        ) AS p(value)
      )
        > 2 THEN 1
    ELSE 0
  END AS is_strange
FROM cells AS c
ORDER BY
  CASE WHEN c.segment = 'web' THEN 0 WHEN c.segment = 'all' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
