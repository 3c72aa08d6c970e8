WITH
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-03-11')
  ) AS q(period_start, window_end)
),
-- subscriptions: fees by month
subscriptions_monthly AS (
  SELECT
    w.period_start,
    sum(subscriptions.fee) AS fees
  FROM subscriptions
  JOIN at_end AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1
),
-- the instant at which each period ends
at_end_settled_3_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-03-08')
  ) AS q(period_start, window_end)
),
-- subscriptions: fees by month
subscriptions_monthly_2 AS (
  SELECT
    w.period_start,
    sum(subscriptions.fee) AS fees_2
  FROM subscriptions
  JOIN at_end_settled_3_days AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1
),
-- the ends of each period's days
average_settled_3_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-03-02', 7),
      (DATE '2026-03-01', DATE '2026-03-03', 7),
      (DATE '2026-03-01', DATE '2026-03-04', 7),
      (DATE '2026-03-01', DATE '2026-03-05', 7),
      (DATE '2026-03-01', DATE '2026-03-06', 7),
      (DATE '2026-03-01', DATE '2026-03-07', 7),
      (DATE '2026-03-01', DATE '2026-03-08', 7)
  ) AS q(period_start, window_end, days)
),
-- subscriptions by month
subscriptions_atoms AS (
  SELECT
    w.period_start,
    w.window_end AS day,
    w.days,
    sum(subscriptions.fee) AS fees_average
  FROM subscriptions
  JOIN average_settled_3_days AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1, 2, 3
),
-- subscriptions: fees by month, average settled 3 days
subscriptions_monthly_average_settled_3_days AS (
  SELECT
    i.period_start,
    CAST(sum(i.fees_average) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS fees_average
  FROM subscriptions_atoms AS i
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
    COALESCE(r1.fees, 0) AS fees,
    COALESCE(r2.fees_2, 0) AS fees_2,
    COALESCE(r3.fees_average, 0) AS fees_average
  FROM spine AS p
  LEFT JOIN subscriptions_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_2 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_average_settled_3_days AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.fees AS closing,
  c.fees_2 AS settled_closing,
  c.fees_average AS settled_average
FROM cells AS c
ORDER BY c.period_start;
