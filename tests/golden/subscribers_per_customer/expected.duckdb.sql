WITH
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_end)
),
-- subscriptions: subscriptions, subscriptions_rows by month
subscriptions_monthly AS (
  SELECT
    w.period_start,
    subscriptions.customer_id AS customer,
    count(*) AS subscriptions,
    count(*) AS subscriptions_rows
  FROM subscriptions
  JOIN at_end AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.customer,
    r.subscriptions,
    r.subscriptions_rows
  FROM subscriptions_monthly AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.subscriptions), 0) AS subscriptions,
    COALESCE(max(k.subscriptions_rows), 0) AS subscriptions_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_result AS (
  SELECT
    c.period_start,
    CAST(sum(c.subscriptions) AS DOUBLE) / NULLIF(count(c.subscriptions), 0) AS per_customer
  FROM cells AS c
  WHERE (c.subscriptions_rows > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- subscriptions: subscriptions, subscriptions_rows by month
subscriptions_monthly_2 AS (
  SELECT
    w.period_start,
    subscriptions.customer_id AS customer,
    count(*) AS subscriptions,
    count(*) AS subscriptions_rows
  FROM subscriptions
  JOIN at_end AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1, 2
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.customer,
    r.subscriptions,
    r.subscriptions_rows
  FROM subscriptions_monthly_2 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.subscriptions), 0) AS subscriptions,
    COALESCE(max(k.subscriptions_rows), 0) AS subscriptions_rows
  FROM stack_2 AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_2_result AS (
  SELECT
    c.period_start,
    count(*) AS per_customer_2
  FROM cells_2 AS c
  WHERE (c.subscriptions_rows > 0) IS TRUE
    AND (c.subscriptions > 1) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- subscriptions: fees, subscriptions_rows by month
subscriptions_monthly_3 AS (
  SELECT
    w.period_start,
    subscriptions.customer_id AS customer,
    sum(CAST(subscriptions.fee AS DECIMAL(10, 2))) AS fees,
    count(*) AS subscriptions_rows
  FROM subscriptions
  JOIN at_end AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1, 2
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.customer,
    r.fees,
    r.subscriptions_rows
  FROM subscriptions_monthly_3 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.fees), 0) AS fees,
    COALESCE(max(k.subscriptions_rows), 0) AS subscriptions_rows
  FROM stack_3 AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_3_result AS (
  SELECT
    c.period_start,
    CAST(sum(c.fees) AS DOUBLE) / NULLIF(count(c.fees), 0) AS per_customer_3
  FROM cells_3 AS c
  WHERE (c.subscriptions_rows > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells_4 AS (
  SELECT
    p.period_start,
    r1.per_customer,
    COALESCE(r2.per_customer_2, 0) AS per_customer_2,
    r3.per_customer_3
  FROM spine AS p
  LEFT JOIN per_customer_result AS r1 ON r1.period_start = p.period_start
  LEFT JOIN per_customer_2_result AS r2 ON r2.period_start = p.period_start
  LEFT JOIN per_customer_3_result AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.per_customer,
  c.per_customer_2 AS with_several,
  c.per_customer_3 AS fees_per_customer
FROM cells_4 AS c
ORDER BY c.period_start;
