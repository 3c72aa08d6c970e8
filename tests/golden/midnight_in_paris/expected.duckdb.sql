WITH
-- subscriptions: what comes and goes, by day
subscriptions_atoms AS (
  SELECT
    CAST(subscriptions.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE) AS period_start,
    count(*) AS subscribers_at_start
  FROM subscriptions
  WHERE CAST(subscriptions.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE)
      < DATE '2026-03-01'
  GROUP BY 1
  UNION ALL
  SELECT
    CASE
      WHEN CAST(subscriptions.ended_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE)
          > CAST(subscriptions.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE) THEN CAST(
          subscriptions.ended_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE
        )
      ELSE CAST(subscriptions.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE)
    END AS period_start,
    -count(*) AS subscribers_at_start
  FROM subscriptions
  WHERE CAST(subscriptions.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE)
      < DATE '2026-03-01'
    AND CAST(subscriptions.ended_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE)
      < DATE '2026-03-01'
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
-- subscriptions by day
subscriptions_atoms_2 AS (
  SELECT
    CAST(
      CASE
        WHEN subscriptions.started_at < TIMESTAMP '2026-03-29 01:00:00' THEN subscriptions.started_at + INTERVAL '1 hour'
        ELSE subscriptions.started_at + INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    count(*) AS started
  FROM subscriptions
  WHERE subscriptions.started_at >= TIMESTAMP '2025-12-31 23:00:00'
    AND subscriptions.started_at < TIMESTAMP '2026-03-31 22:00:00'
  GROUP BY 1
),
-- subscriptions: started by month
subscriptions_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.started) AS BIGINT) AS started
  FROM subscriptions_atoms_2 AS i
  GROUP BY 1
),
-- subscriptions by day
subscriptions_atoms_3 AS (
  SELECT
    CAST(
      CASE
        WHEN subscriptions.ended_at < TIMESTAMP '2026-03-29 01:00:00' THEN subscriptions.ended_at + INTERVAL '1 hour'
        ELSE subscriptions.ended_at + INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    count(*) AS ended
  FROM subscriptions
  WHERE subscriptions.ended_at >= TIMESTAMP '2025-12-31 23:00:00'
    AND subscriptions.ended_at < TIMESTAMP '2026-03-31 22:00:00'
  GROUP BY 1
),
-- subscriptions: ended by month
subscriptions_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.ended) AS BIGINT) AS ended
  FROM subscriptions_atoms_3 AS i
  GROUP BY 1
),
-- subscriptions: what comes and goes, by day
subscriptions_atoms_4 AS (
  SELECT
    CAST(subscriptions.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE) AS period_start,
    count(*) AS subscribers
  FROM subscriptions
  WHERE CAST(subscriptions.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE)
      < DATE '2026-04-01'
  GROUP BY 1
  UNION ALL
  SELECT
    CASE
      WHEN CAST(subscriptions.ended_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE)
          > CAST(subscriptions.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE) THEN CAST(
          subscriptions.ended_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE
        )
      ELSE CAST(subscriptions.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE)
    END AS period_start,
    -count(*) AS subscribers
  FROM subscriptions
  WHERE CAST(subscriptions.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE)
      < DATE '2026-04-01'
    AND CAST(subscriptions.ended_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE)
      < DATE '2026-04-01'
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
  FROM subscriptions_atoms_4 AS i
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
    COALESCE(r1.subscribers_at_start, 0) AS subscribers_at_start,
    COALESCE(r2.started, 0) AS started,
    COALESCE(r3.ended, 0) AS ended,
    COALESCE(r4.subscribers, 0) AS subscribers
  FROM spine AS p
  LEFT JOIN subscriptions_monthly_at_start AS r1 ON r1.period_start = p.period_start
  LEFT JOIN subscriptions_monthly AS r2 ON r2.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_2 AS r3 ON r3.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_at_end AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.subscribers_at_start AS opening,
  c.started,
  c.ended,
  c.subscribers AS closing
FROM cells AS c
ORDER BY c.period_start;
