WITH
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', TIMESTAMP '2026-02-01 00:00:00'),
      (DATE '2026-02-01', TIMESTAMP '2026-03-01 00:00:00')
  ) AS q(period_start, window_end)
),
-- subscriptions: mrr, subscribers by month
subscriptions_monthly AS (
  SELECT
    w.period_start,
    sum(CAST(subscriptions.fee AS DECIMAL(12, 2))) AS mrr,
    count(*) AS subscribers
  FROM billing AS subscriptions
  JOIN at_end AS w
    ON subscriptions.started_at < w.window_end
    AND (subscriptions.ended_at IS NULL OR subscriptions.ended_at >= w.window_end)
  GROUP BY 1
),
-- subscriptions by day
subscriptions_atoms AS (
  SELECT
    CAST(subscriptions.started_at AS DATE) AS period_start,
    count(*) AS subscriptions_started
  FROM billing AS subscriptions
  WHERE subscriptions.started_at >= TIMESTAMP '2026-01-01 00:00:00'
    AND subscriptions.started_at < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1
),
-- subscriptions: subscriptions_started by month
subscriptions_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.subscriptions_started) AS BIGINT) AS subscriptions_started
  FROM subscriptions_atoms AS i
  GROUP BY 1
),
-- subscriptions by day
subscriptions_atoms_2 AS (
  SELECT
    CAST(subscriptions.ended_at AS DATE) AS period_start,
    count(*) AS subscriptions_ended,
    sum(CAST(subscriptions.fee AS DECIMAL(12, 2))) AS mrr_ended
  FROM billing AS subscriptions
  WHERE subscriptions.ended_at >= TIMESTAMP '2026-01-01 00:00:00'
    AND subscriptions.ended_at < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1
),
-- subscriptions: subscriptions_ended, mrr_ended by month
subscriptions_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.subscriptions_ended) AS BIGINT) AS subscriptions_ended,
    sum(i.mrr_ended) AS mrr_ended
  FROM subscriptions_atoms_2 AS i
  GROUP BY 1
),
-- the instant at which each period starts
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', TIMESTAMP '2026-01-01 00:00:00'),
      (DATE '2026-02-01', TIMESTAMP '2026-02-01 00:00:00')
  ) AS q(period_start, window_end)
),
-- subscriptions: subscribers, mrr by month
subscriptions_monthly_4 AS (
  SELECT
    w.period_start,
    count(*) AS subscribers_at_start,
    sum(CAST(subscriptions.fee AS DECIMAL(12, 2))) AS mrr_at_start
  FROM billing AS subscriptions
  JOIN at_start AS w
    ON subscriptions.started_at < w.window_end
    AND (subscriptions.ended_at IS NULL OR subscriptions.ended_at >= w.window_end)
  GROUP BY 1
),
-- trials by day
trials_atoms AS (
  SELECT
    CAST(trials.ended_at AS DATE) AS period_start,
    count(*) FILTER (WHERE trials.first_paid_at IS NOT NULL) AS trials_paid,
    count(*) AS trials_ended
  FROM trials
  WHERE trials.ended_at >= TIMESTAMP '2026-01-01 00:00:00'
    AND trials.ended_at < TIMESTAMP '2026-02-22 00:00:00'
  GROUP BY 1
),
-- the time that each period reads: settled 7 days
settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-02-22')
  ) AS q(period_start, window_start, window_end)
),
-- trials: trials_paid, trials_ended by month, settled 7 days
trials_monthly_settled_7_days AS (
  SELECT
    w.period_start,
    CAST(sum(i.trials_paid) AS BIGINT) AS trials_paid,
    CAST(sum(i.trials_ended) AS BIGINT) AS trials_ended
  FROM trials_atoms AS i
  JOIN settled_7_days AS w
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
    COALESCE(r1.mrr, 0) AS mrr,
    COALESCE(r1.subscribers, 0) AS subscribers,
    COALESCE(r2.subscriptions_started, 0) AS subscriptions_started,
    COALESCE(r3.subscriptions_ended, 0) AS subscriptions_ended,
    COALESCE(r4.subscribers_at_start, 0) AS subscribers_at_start,
    COALESCE(r4.mrr_at_start, 0) AS mrr_at_start,
    COALESCE(r3.mrr_ended, 0) AS mrr_ended,
    COALESCE(r5.trials_paid, 0) AS trials_paid,
    COALESCE(r5.trials_ended, 0) AS trials_ended
  FROM spine AS p
  LEFT JOIN subscriptions_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_2 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_3 AS r3 ON r3.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_4 AS r4 ON r4.period_start = p.period_start
  LEFT JOIN trials_monthly_settled_7_days AS r5 ON r5.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.mrr,
  c.mrr * 12 AS arr,
  c.subscribers,
  CAST(c.mrr AS DOUBLE) / NULLIF(c.subscribers, 0) AS arpu,
  c.subscriptions_started AS new_subscriptions,
  CAST(c.subscriptions_ended AS DOUBLE) / NULLIF(c.subscribers_at_start, 0) AS churn_rate,
  CAST(c.subscribers - c.subscriptions_started AS DOUBLE) / NULLIF(c.subscribers_at_start, 0) AS retention_rate,
  CAST(c.mrr AS DOUBLE) / NULLIF(c.mrr_at_start, 0) - 1 AS mrr_growth,
  CAST(c.mrr_ended AS DOUBLE) / NULLIF(c.mrr_at_start, 0) AS mrr_churn_rate,
  CAST(c.trials_paid AS DOUBLE) / NULLIF(c.trials_ended, 0) AS trial_conversion_rate
FROM cells AS c
ORDER BY c.period_start;
