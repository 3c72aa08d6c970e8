WITH
-- subscriptions: what comes and goes, by day
subscriptions_atoms AS (
  SELECT
    subscriptions.started_on AS period_start,
    count(*) AS subscribers_at_start
  FROM subscriptions
  WHERE subscriptions.started_on < DATE '2026-03-01'
  GROUP BY 1
  UNION ALL
  SELECT
    CASE
      WHEN subscriptions.ended_on > subscriptions.started_on THEN subscriptions.ended_on
      ELSE subscriptions.started_on
    END AS period_start,
    -count(*) AS subscribers_at_start
  FROM subscriptions
  WHERE subscriptions.started_on < DATE '2026-03-01'
    AND subscriptions.ended_on < DATE '2026-03-01'
  GROUP BY 1
),
-- the time that each period reads: at start
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- subscriptions: what is there from one change to the next
subscriptions_states AS (
  SELECT
    i.period_start AS since,
    COALESCE(lead(i.period_start) OVER (ORDER BY i.period_start), DATE '2026-04-01') AS until,
    COALESCE(
      sum(sum(i.subscribers_at_start)) OVER (
        ORDER BY i.period_start
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS subscribers_at_start
  FROM subscriptions_atoms AS i
  GROUP BY 1
),
-- subscriptions: subscribers by month, at start
subscriptions_monthly_at_start AS (
  SELECT
    w.period_start,
    CAST(i.subscribers_at_start AS BIGINT) AS subscribers_at_start
  FROM subscriptions_states AS i
  JOIN at_start AS w
    ON i.since < w.window_end
    AND i.until >= w.window_end
),
-- subscriptions: what comes and goes, by day
subscriptions_atoms_2 AS (
  SELECT
    subscriptions.started_on AS period_start,
    count(*) AS subscribers
  FROM subscriptions
  WHERE subscriptions.started_on < DATE '2026-04-01'
  GROUP BY 1
  UNION ALL
  SELECT
    CASE
      WHEN subscriptions.ended_on > subscriptions.started_on THEN subscriptions.ended_on
      ELSE subscriptions.started_on
    END AS period_start,
    -count(*) AS subscribers
  FROM subscriptions
  WHERE subscriptions.started_on < DATE '2026-04-01'
    AND subscriptions.ended_on < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: at end
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- subscriptions: what is there from one change to the next
subscriptions_states_2 AS (
  SELECT
    i.period_start AS since,
    COALESCE(lead(i.period_start) OVER (ORDER BY i.period_start), DATE '2026-04-01') AS until,
    COALESCE(
      sum(sum(i.subscribers)) OVER (
        ORDER BY i.period_start
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS subscribers
  FROM subscriptions_atoms_2 AS i
  GROUP BY 1
),
-- subscriptions: subscribers by month, at end
subscriptions_monthly_at_end AS (
  SELECT
    w.period_start,
    CAST(i.subscribers AS BIGINT) AS subscribers
  FROM subscriptions_states_2 AS i
  JOIN at_end AS w
    ON i.since < w.window_end
    AND i.until >= w.window_end
),
-- subscriptions: what comes and goes, by day
subscriptions_atoms_3 AS (
  SELECT
    subscriptions.started_on AS period_start,
    count(*) AS subscribers_previous
  FROM subscriptions
  WHERE subscriptions.started_on < DATE '2026-03-01'
  GROUP BY 1
  UNION ALL
  SELECT
    CASE
      WHEN subscriptions.ended_on > subscriptions.started_on THEN subscriptions.ended_on
      ELSE subscriptions.started_on
    END AS period_start,
    -count(*) AS subscribers_previous
  FROM subscriptions
  WHERE subscriptions.started_on < DATE '2026-03-01'
    AND subscriptions.ended_on < DATE '2026-03-01'
  GROUP BY 1
),
-- subscriptions: what is there from one change to the next
subscriptions_states_3 AS (
  SELECT
    i.period_start AS since,
    COALESCE(lead(i.period_start) OVER (ORDER BY i.period_start), DATE '2026-04-01') AS until,
    COALESCE(
      sum(sum(i.subscribers_previous)) OVER (
        ORDER BY i.period_start
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS subscribers_previous
  FROM subscriptions_atoms_3 AS i
  GROUP BY 1
),
-- subscriptions: subscribers by month, previous at end
subscriptions_monthly_previous_at_end AS (
  SELECT
    w.period_start,
    CAST(i.subscribers_previous AS BIGINT) AS subscribers_previous
  FROM subscriptions_states_3 AS i
  JOIN at_start AS w
    ON i.since < w.window_end
    AND i.until >= w.window_end
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
      (DATE '2026-02-01', DATE '2026-03-01', 28),
      (DATE '2026-03-01', DATE '2026-03-02', 31),
      (DATE '2026-03-01', DATE '2026-03-03', 31),
      (DATE '2026-03-01', DATE '2026-03-04', 31),
      (DATE '2026-03-01', DATE '2026-03-05', 31),
      (DATE '2026-03-01', DATE '2026-03-06', 31),
      (DATE '2026-03-01', DATE '2026-03-07', 31),
      (DATE '2026-03-01', DATE '2026-03-08', 31),
      (DATE '2026-03-01', DATE '2026-03-09', 31),
      (DATE '2026-03-01', DATE '2026-03-10', 31),
      (DATE '2026-03-01', DATE '2026-03-11', 31),
      (DATE '2026-03-01', DATE '2026-03-12', 31),
      (DATE '2026-03-01', DATE '2026-03-13', 31),
      (DATE '2026-03-01', DATE '2026-03-14', 31),
      (DATE '2026-03-01', DATE '2026-03-15', 31),
      (DATE '2026-03-01', DATE '2026-03-16', 31),
      (DATE '2026-03-01', DATE '2026-03-17', 31),
      (DATE '2026-03-01', DATE '2026-03-18', 31),
      (DATE '2026-03-01', DATE '2026-03-19', 31),
      (DATE '2026-03-01', DATE '2026-03-20', 31),
      (DATE '2026-03-01', DATE '2026-03-21', 31),
      (DATE '2026-03-01', DATE '2026-03-22', 31),
      (DATE '2026-03-01', DATE '2026-03-23', 31),
      (DATE '2026-03-01', DATE '2026-03-24', 31),
      (DATE '2026-03-01', DATE '2026-03-25', 31),
      (DATE '2026-03-01', DATE '2026-03-26', 31),
      (DATE '2026-03-01', DATE '2026-03-27', 31),
      (DATE '2026-03-01', DATE '2026-03-28', 31),
      (DATE '2026-03-01', DATE '2026-03-29', 31),
      (DATE '2026-03-01', DATE '2026-03-30', 31),
      (DATE '2026-03-01', DATE '2026-03-31', 31),
      (DATE '2026-03-01', DATE '2026-04-01', 31)
  ) AS q(period_start, window_end, days)
),
-- subscriptions by month
subscriptions_atoms_4 AS (
  SELECT
    w.period_start,
    w.window_end AS day,
    w.days,
    count(*) AS subscribers_average
  FROM subscriptions
  JOIN average AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1, 2, 3
),
-- subscriptions: subscribers by month, average
subscriptions_monthly_average AS (
  SELECT
    i.period_start,
    CAST(sum(i.subscribers_average) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS subscribers_average
  FROM subscriptions_atoms_4 AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    CASE WHEN p.period_start >= DATE '2026-02-01' THEN COALESCE(r1.subscribers_at_start, 0) END AS subscribers_at_start,
    CASE WHEN p.period_start >= DATE '2026-02-01' THEN COALESCE(r2.subscribers, 0) END AS subscribers,
    CASE WHEN p.period_start >= DATE '2026-03-01' THEN COALESCE(r3.subscribers_previous, 0) END AS subscribers_previous,
    CASE WHEN p.period_start >= DATE '2026-02-01' THEN COALESCE(r4.subscribers_average, 0) END AS subscribers_average
  FROM spine AS p
  LEFT JOIN subscriptions_monthly_at_start AS r1 ON r1.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_at_end AS r2 ON r2.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_previous_at_end AS r3 ON r3.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_average AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.subscribers_at_start AS opening,
  c.subscribers AS closing,
  c.subscribers_previous AS before,
  c.subscribers_average AS average_subscribers
FROM cells AS c
ORDER BY c.period_start;
