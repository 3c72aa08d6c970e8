WITH
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-03-11')
  ) AS q(period_start, window_end)
),
-- subscriptions: fees by month
subscriptions_monthly AS (
  SELECT
    w.period_start,
    sum(CAST(subscriptions.fee AS NUMERIC(10, 2))) AS fees
  FROM subscriptions
  JOIN at_end AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1
),
-- the instant at which each period ends
previous_1_month_at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-11')
  ) AS q(period_start, window_end)
),
-- subscriptions: fees by month
subscriptions_monthly_2 AS (
  SELECT
    w.period_start,
    sum(CAST(subscriptions.fee AS NUMERIC(10, 2))) AS fees_previous
  FROM subscriptions
  JOIN previous_1_month_at_end AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1
),
-- the instant at which each period ends
previous_1_month_at_end_2 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-03-01')
  ) AS q(period_start, window_end)
),
-- subscriptions: fees by month
subscriptions_monthly_3 AS (
  SELECT
    w.period_start,
    sum(CAST(subscriptions.fee AS NUMERIC(10, 2))) AS fees_previous_2
  FROM subscriptions
  JOIN previous_1_month_at_end_2 AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1
),
-- the instant at which each period starts
previous_at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01'),
      (DATE '2026-03-01', DATE '2026-02-01')
  ) AS q(period_start, window_end)
),
-- subscriptions: fees by month
subscriptions_monthly_4 AS (
  SELECT
    w.period_start,
    sum(CAST(subscriptions.fee AS NUMERIC(10, 2))) AS fees_previous_at_start
  FROM subscriptions
  JOIN previous_at_start AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.fees, 0) AS fees,
    COALESCE(r2.fees_previous, 0) AS fees_previous,
    COALESCE(r3.fees_previous_2, 0) AS fees_previous_2,
    COALESCE(r4.fees_previous_at_start, 0) AS fees_previous_at_start
  FROM spine AS p
  LEFT JOIN subscriptions_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_2 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_3 AS r3 ON r3.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_4 AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.fees AS mrr,
  c.fees_previous AS before,
  c.fees_previous_2 AS before_whole,
  CAST(c.fees AS DOUBLE PRECISION) / NULLIF(c.fees_previous_2, 0) - 1 AS growth,
  c.fees_previous_at_start AS start_before
FROM cells AS c
ORDER BY c.period_start;
