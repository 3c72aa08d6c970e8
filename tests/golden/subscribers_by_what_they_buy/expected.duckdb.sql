WITH
-- the instant at which each period starts
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-02-01')
  ) AS q(period_start, window_end)
),
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    sum(orders.amount) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: revenue by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.customer,
    sum(i.revenue) AS revenue
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
    r.customer,
    r.revenue
  FROM orders_monthly AS r
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
    CASE WHEN (c.revenue >= 50) IS TRUE THEN 'big' ELSE 'small' END AS value
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
-- subscriptions by month
subscriptions_atoms AS (
  SELECT
    w.period_start,
    CASE
      WHEN subscriptions.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.value
      ELSE n.value
    END AS value,
    count(*) AS subscribers_at_start
  FROM subscriptions
  JOIN at_start AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  LEFT JOIN value_bands AS b
    ON b.period_start = w.period_start
    AND b.customer = subscriptions.customer_id
  LEFT JOIN value_without_rows AS n ON n.period_start = w.period_start
  GROUP BY 1, 2
),
-- subscriptions: subscribers by month, at start
subscriptions_monthly_at_start AS (
  SELECT
    i.period_start,
    'value' AS slicing,
    i.value,
    CAST(sum(i.subscribers_at_start) AS BIGINT) AS subscribers_at_start
  FROM subscriptions_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    CAST(sum(i.subscribers_at_start) AS BIGINT) AS subscribers_at_start
  FROM subscriptions_atoms AS i
  GROUP BY 1
),
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_end)
),
-- subscriptions by month
subscriptions_atoms_2 AS (
  SELECT
    w.period_start,
    CASE
      WHEN subscriptions.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.value
      ELSE n.value
    END AS value,
    count(*) AS subscribers
  FROM subscriptions
  JOIN at_end AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  LEFT JOIN value_bands AS b
    ON b.period_start = w.period_start
    AND b.customer = subscriptions.customer_id
  LEFT JOIN value_without_rows AS n ON n.period_start = w.period_start
  GROUP BY 1, 2
),
-- subscriptions: subscribers by month, at end
subscriptions_monthly_at_end AS (
  SELECT
    i.period_start,
    'value' AS slicing,
    i.value,
    CAST(sum(i.subscribers) AS BIGINT) AS subscribers
  FROM subscriptions_atoms_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    CAST(sum(i.subscribers) AS BIGINT) AS subscribers
  FROM subscriptions_atoms_2 AS i
  GROUP BY 1
),
-- the ends of each period's days
average AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-02', 31),
      (DATE '2026-01-01', DATE '2026-01-03', 31),
      (DATE '2026-01-01', DATE '2026-01-04', 31),
      (DATE '2026-01-01', DATE '2026-01-05', 31),
      (DATE '2026-01-01', DATE '2026-01-06', 31),
      (DATE '2026-01-01', DATE '2026-01-07', 31),
      (DATE '2026-01-01', DATE '2026-01-08', 31),
      (DATE '2026-01-01', DATE '2026-01-09', 31),
      (DATE '2026-01-01', DATE '2026-01-10', 31),
      (DATE '2026-01-01', DATE '2026-01-11', 31),
      (DATE '2026-01-01', DATE '2026-01-12', 31),
      (DATE '2026-01-01', DATE '2026-01-13', 31),
      (DATE '2026-01-01', DATE '2026-01-14', 31),
      (DATE '2026-01-01', DATE '2026-01-15', 31),
      (DATE '2026-01-01', DATE '2026-01-16', 31),
      (DATE '2026-01-01', DATE '2026-01-17', 31),
      (DATE '2026-01-01', DATE '2026-01-18', 31),
      (DATE '2026-01-01', DATE '2026-01-19', 31),
      (DATE '2026-01-01', DATE '2026-01-20', 31),
      (DATE '2026-01-01', DATE '2026-01-21', 31),
      (DATE '2026-01-01', DATE '2026-01-22', 31),
      (DATE '2026-01-01', DATE '2026-01-23', 31),
      (DATE '2026-01-01', DATE '2026-01-24', 31),
      (DATE '2026-01-01', DATE '2026-01-25', 31),
      (DATE '2026-01-01', DATE '2026-01-26', 31),
      (DATE '2026-01-01', DATE '2026-01-27', 31),
      (DATE '2026-01-01', DATE '2026-01-28', 31),
      (DATE '2026-01-01', DATE '2026-01-29', 31),
      (DATE '2026-01-01', DATE '2026-01-30', 31),
      (DATE '2026-01-01', DATE '2026-01-31', 31),
      (DATE '2026-01-01', DATE '2026-02-01', 31),
      (DATE '2026-02-01', DATE '2026-02-02', 28),
      (DATE '2026-02-01', DATE '2026-02-03', 28),
      (DATE '2026-02-01', DATE '2026-02-04', 28),
      (DATE '2026-02-01', DATE '2026-02-05', 28),
      (DATE '2026-02-01', DATE '2026-02-06', 28),
      (DATE '2026-02-01', DATE '2026-02-07', 28),
      (DATE '2026-02-01', DATE '2026-02-08', 28),
      (DATE '2026-02-01', DATE '2026-02-09', 28),
      (DATE '2026-02-01', DATE '2026-02-10', 28),
      (DATE '2026-02-01', DATE '2026-02-11', 28),
      (DATE '2026-02-01', DATE '2026-02-12', 28),
      (DATE '2026-02-01', DATE '2026-02-13', 28),
      (DATE '2026-02-01', DATE '2026-02-14', 28),
      (DATE '2026-02-01', DATE '2026-02-15', 28),
      (DATE '2026-02-01', DATE '2026-02-16', 28),
      (DATE '2026-02-01', DATE '2026-02-17', 28),
      (DATE '2026-02-01', DATE '2026-02-18', 28),
      (DATE '2026-02-01', DATE '2026-02-19', 28),
      (DATE '2026-02-01', DATE '2026-02-20', 28),
      (DATE '2026-02-01', DATE '2026-02-21', 28),
      (DATE '2026-02-01', DATE '2026-02-22', 28),
      (DATE '2026-02-01', DATE '2026-02-23', 28),
      (DATE '2026-02-01', DATE '2026-02-24', 28),
      (DATE '2026-02-01', DATE '2026-02-25', 28),
      (DATE '2026-02-01', DATE '2026-02-26', 28),
      (DATE '2026-02-01', DATE '2026-02-27', 28),
      (DATE '2026-02-01', DATE '2026-02-28', 28),
      (DATE '2026-02-01', DATE '2026-03-01', 28)
  ) AS q(period_start, window_end, days)
),
-- subscriptions by month
subscriptions_atoms_3 AS (
  SELECT
    w.period_start,
    CASE
      WHEN subscriptions.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.value
      ELSE n.value
    END AS value,
    w.window_end AS day,
    w.days,
    count(*) AS subscribers_average
  FROM subscriptions
  JOIN average AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  LEFT JOIN value_bands AS b
    ON b.period_start = w.period_start
    AND b.customer = subscriptions.customer_id
  LEFT JOIN value_without_rows AS n ON n.period_start = w.period_start
  GROUP BY 1, 2, 3, 4
),
-- subscriptions: subscribers by month, average
subscriptions_monthly_average AS (
  SELECT
    i.period_start,
    'value' AS slicing,
    i.value,
    CAST(sum(i.subscribers_average) AS DOUBLE) / NULLIF(max(i.days), 0) AS subscribers_average
  FROM subscriptions_atoms_3 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    CAST(sum(i.subscribers_average) AS DOUBLE) / NULLIF(max(i.days), 0) AS subscribers_average
  FROM subscriptions_atoms_3 AS i
  GROUP BY 1
),
-- the members that occur
members AS (
  SELECT
    'value' AS slicing,
    i.value
  FROM subscriptions_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'value' AS slicing,
    i.value
  FROM subscriptions_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'value' AS slicing,
    i.value
  FROM subscriptions_atoms_3 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS value
),
-- results of each source, and a row for every cell asked
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.value,
    r.subscribers_at_start,
    CAST(NULL AS BIGINT) AS subscribers,
    CAST(NULL AS BIGINT) AS subscribers_average
  FROM subscriptions_monthly_at_start AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.value,
    CAST(NULL AS BIGINT) AS subscribers_at_start,
    r.subscribers,
    CAST(NULL AS BIGINT) AS subscribers_average
  FROM subscriptions_monthly_at_end AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.value,
    CAST(NULL AS BIGINT) AS subscribers_at_start,
    CAST(NULL AS BIGINT) AS subscribers,
    r.subscribers_average
  FROM subscriptions_monthly_average AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.value,
    CAST(NULL AS BIGINT) AS subscribers_at_start,
    CAST(NULL AS BIGINT) AS subscribers,
    CAST(NULL AS BIGINT) AS subscribers_average
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.value,
    COALESCE(max(k.subscribers_at_start), 0) AS subscribers_at_start,
    COALESCE(max(k.subscribers), 0) AS subscribers,
    COALESCE(max(k.subscribers_average), 0) AS subscribers_average
  FROM stack_2 AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.value,
  c.subscribers_at_start AS opening,
  c.subscribers AS closing,
  c.subscribers_average AS usual
FROM cells_2 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'value' THEN 1 END,
  c.value NULLS LAST,
  c.period_start;
