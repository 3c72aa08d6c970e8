WITH
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-08-02', DATE '2026-08-03'),
      (DATE '2026-08-03', DATE '2026-08-04'),
      (DATE '2026-08-04', DATE '2026-08-05'),
      (DATE '2026-08-05', DATE '2026-08-06'),
      (DATE '2026-08-06', DATE '2026-08-07')
  ) AS q(period_start, window_end)
),
-- subscriptions by day
subscriptions_atoms AS (
  SELECT
    w.period_start,
    subscriptions.plan,
    count(*) AS subscribers,
    sum(subscriptions.fee) AS fees
  FROM subscriptions
  JOIN at_end AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1, 2
),
-- subscriptions: subscribers, fees by day, at end
subscriptions_daily_at_end AS (
  SELECT
    i.period_start,
    'plan' AS slicing,
    i.plan,
    CAST(sum(i.subscribers) AS BIGINT) AS subscribers,
    sum(i.fees) AS fees
  FROM subscriptions_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS plan,
    CAST(sum(i.subscribers) AS BIGINT) AS subscribers,
    sum(i.fees) AS fees
  FROM subscriptions_atoms AS i
  GROUP BY 1
),
-- subscriptions: what comes and goes, by day
subscriptions_atoms_2 AS (
  SELECT
    subscriptions.started_on AS period_start,
    subscriptions.plan,
    count(*) AS subscribers_at_start
  FROM subscriptions
  WHERE subscriptions.started_on < DATE '2026-08-06'
    AND CASE
      WHEN subscriptions.ended_on <= subscriptions.started_on THEN FALSE
      WHEN subscriptions.ended_on < DATE '2026-08-02' THEN FALSE
      ELSE TRUE
    END
  GROUP BY 1, 2
  UNION ALL
  SELECT
    subscriptions.ended_on AS period_start,
    subscriptions.plan,
    -count(*) AS subscribers_at_start
  FROM subscriptions
  WHERE subscriptions.started_on < DATE '2026-08-06'
    AND CASE
      WHEN subscriptions.ended_on <= subscriptions.started_on THEN FALSE
      WHEN subscriptions.ended_on < DATE '2026-08-02' THEN FALSE
      ELSE TRUE
    END
    AND subscriptions.ended_on < DATE '2026-08-06'
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-08-02', TIMESTAMP '2026-08-06', INTERVAL '1 day') AS periods(start)
),
-- the time that each period reads: at start
at_start AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 1 AS window_start,
    CAST(p.period_start AS DATE) + 0 AS window_end
  FROM spine AS p
),
-- subscriptions: what comes and goes in each slice
subscriptions_changes AS (
  SELECT
    'plan' AS slicing,
    i.plan,
    i.period_start,
    i.subscribers_at_start
  FROM subscriptions_atoms_2 AS i
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS plan,
    i.period_start,
    i.subscribers_at_start
  FROM subscriptions_atoms_2 AS i
),
-- subscriptions: what is there from one change to the next
subscriptions_states AS (
  SELECT
    i.slicing,
    i.plan,
    i.period_start AS since,
    COALESCE(
      lead(i.period_start) OVER (PARTITION BY i.slicing, i.plan ORDER BY i.period_start),
      DATE '2026-08-07'
    ) AS until,
    COALESCE(
      sum(sum(i.subscribers_at_start)) OVER (
        PARTITION BY i.slicing, i.plan
        ORDER BY i.period_start
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS subscribers_at_start
  FROM subscriptions_changes AS i
  GROUP BY 1, 2, 3
),
-- subscriptions: subscribers by day, at start
subscriptions_daily_at_start AS (
  SELECT
    w.period_start,
    i.slicing,
    i.plan,
    CAST(i.subscribers_at_start AS BIGINT) AS subscribers_at_start
  FROM subscriptions_states AS i
  JOIN at_start AS w
    ON i.since < w.window_end
    AND i.until >= w.window_end
),
-- the members that occur
members AS (
  SELECT
    'plan' AS slicing,
    i.plan
  FROM subscriptions_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'plan' AS slicing,
    i.plan
  FROM subscriptions_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS plan
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.plan,
    r.subscribers,
    r.fees,
    CAST(NULL AS BIGINT) AS subscribers_at_start
  FROM subscriptions_daily_at_end AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.plan,
    CAST(NULL AS BIGINT) AS subscribers,
    CAST(NULL AS BIGINT) AS fees,
    r.subscribers_at_start
  FROM subscriptions_daily_at_start AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.plan,
    CAST(NULL AS BIGINT) AS subscribers,
    CAST(NULL AS BIGINT) AS fees,
    CAST(NULL AS BIGINT) AS subscribers_at_start
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.plan,
    COALESCE(max(k.subscribers), 0) AS subscribers,
    COALESCE(max(k.fees), 0) AS fees,
    NULLIF(max(k.subscribers), 0) AS subscribers_unfilled,
    max(k.fees) AS fees_unfilled,
    COALESCE(max(k.subscribers_at_start), 0) AS subscribers_at_start
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.plan,
  c.subscribers,
  c.fees,
  c.subscribers_unfilled AS subscribers_if_any,
  c.fees_unfilled AS fees_if_any,
  c.subscribers_at_start AS opening
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'plan' THEN 1 END,
  c.plan NULLS LAST,
  c.period_start;
