WITH
-- the instant at which each period starts
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01'),
      (DATE '2026-04-01', DATE '2026-04-01')
  ) AS q(period_start, window_end)
),
-- subscriptions: fees by quarter
subscriptions_quarterly AS (
  SELECT
    w.period_start,
    sum(subscriptions.fee) AS fees_at_start
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
      (DATE '2026-01-01', DATE '2026-04-01'),
      (DATE '2026-04-01', DATE '2026-07-01')
  ) AS q(period_start, window_end)
),
-- subscriptions: fees by quarter
subscriptions_quarterly_2 AS (
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
previous_1_year_at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-04-01'),
      (DATE '2026-04-01', DATE '2025-07-01')
  ) AS q(period_start, window_end)
),
-- subscriptions: fees by quarter
subscriptions_quarterly_3 AS (
  SELECT
    w.period_start,
    sum(subscriptions.fee) AS fees_previous
  FROM subscriptions
  JOIN previous_1_year_at_end AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-04-01', INTERVAL '3 months') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.fees_at_start, 0) AS fees_at_start,
    COALESCE(r2.fees, 0) AS fees,
    COALESCE(r3.fees_previous, 0) AS fees_previous
  FROM spine AS p
  LEFT JOIN subscriptions_quarterly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN subscriptions_quarterly_2 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN subscriptions_quarterly_3 AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.fees_at_start AS opening,
  c.fees AS closing,
  c.fees_previous AS year_before
FROM cells AS c
ORDER BY c.period_start;
