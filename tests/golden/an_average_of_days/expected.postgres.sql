WITH
-- the instant at which each period starts
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-03-01')
  ) AS q(period_start, window_end)
),
-- subscriptions: subscribers by month
subscriptions_monthly AS (
  SELECT
    w.period_start,
    count(*) AS subscribers_at_start
  FROM subscriptions
  JOIN at_start AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1
),
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-03-11')
  ) AS q(period_start, window_end)
),
-- subscriptions: subscribers, fees by month
subscriptions_monthly_2 AS (
  SELECT
    w.period_start,
    count(*) AS subscribers,
    sum(CAST(subscriptions.fee AS NUMERIC(10, 2))) AS fees
  FROM subscriptions
  JOIN at_end AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1
),
-- the ends of each period's days
average AS (
  SELECT *
  FROM (
    VALUES
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
      (DATE '2026-02-01', DATE '2026-03-01', 28),
      (DATE '2026-03-01', DATE '2026-03-02', 10),
      (DATE '2026-03-01', DATE '2026-03-03', 10),
      (DATE '2026-03-01', DATE '2026-03-04', 10),
      (DATE '2026-03-01', DATE '2026-03-05', 10),
      (DATE '2026-03-01', DATE '2026-03-06', 10),
      (DATE '2026-03-01', DATE '2026-03-07', 10),
      (DATE '2026-03-01', DATE '2026-03-08', 10),
      (DATE '2026-03-01', DATE '2026-03-09', 10),
      (DATE '2026-03-01', DATE '2026-03-10', 10),
      (DATE '2026-03-01', DATE '2026-03-11', 10)
  ) AS q(period_start, window_end, days)
),
-- subscriptions by month
subscriptions_atoms AS (
  SELECT
    w.period_start,
    w.window_end AS day,
    w.days,
    count(*) AS subscribers_average,
    sum(CAST(subscriptions.fee AS NUMERIC(10, 2))) AS fees_average
  FROM subscriptions
  JOIN average AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1, 2, 3
),
-- subscriptions: subscribers, fees by month, average
subscriptions_monthly_average AS (
  SELECT
    i.period_start,
    CAST(sum(i.subscribers_average) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS subscribers_average,
    CAST(sum(i.fees_average) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS fees_average
  FROM subscriptions_atoms AS i
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
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r1.subscribers_at_start, 0) END AS subscribers_at_start,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r2.subscribers, 0) END AS subscribers,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r3.subscribers_average, 0) END AS subscribers_average,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r3.fees_average, 0) END AS fees_average,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r2.fees, 0) END AS fees
  FROM spine AS p
  LEFT JOIN subscriptions_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_2 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_average AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.subscribers_at_start AS opening,
  c.subscribers AS closing,
  c.subscribers_average AS average_subscribers,
  c.fees_average AS average_fees,
  c.fees AS closing_fees
FROM cells AS c
ORDER BY c.period_start;
