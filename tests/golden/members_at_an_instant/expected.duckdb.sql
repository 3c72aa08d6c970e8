WITH
-- the instant at which each period starts
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01')
  ) AS q(period_start, window_end)
),
-- subscriptions by month
subscriptions_atoms AS (
  SELECT
    w.period_start,
    subscriptions.plan,
    count(*) AS subscribers_at_start
  FROM subscriptions
  JOIN at_start AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1, 2
),
-- subscriptions: subscribers by month, at start
subscriptions_monthly_at_start AS (
  SELECT
    i.period_start,
    'plan' AS slicing,
    i.plan,
    CAST(sum(i.subscribers_at_start) AS BIGINT) AS subscribers_at_start
  FROM subscriptions_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS plan,
    CAST(sum(i.subscribers_at_start) AS BIGINT) AS subscribers_at_start
  FROM subscriptions_atoms AS i
  GROUP BY 1
),
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_end)
),
-- subscriptions by month
subscriptions_atoms_2 AS (
  SELECT
    w.period_start,
    subscriptions.plan,
    count(*) AS subscribers
  FROM subscriptions
  JOIN at_end AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1, 2
),
-- subscriptions: subscribers by month, at end
subscriptions_monthly_at_end AS (
  SELECT
    i.period_start,
    'plan' AS slicing,
    i.plan,
    CAST(sum(i.subscribers) AS BIGINT) AS subscribers
  FROM subscriptions_atoms_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS plan,
    CAST(sum(i.subscribers) AS BIGINT) AS subscribers
  FROM subscriptions_atoms_2 AS i
  GROUP BY 1
),
-- subscriptions: each counted value once a month
subscriptions_entities AS (
  SELECT
    w.period_start,
    subscriptions.plan,
    subscriptions.person AS entity
  FROM subscriptions
  JOIN at_end AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1, 2, 3
),
-- subscriptions: people by month, at end
subscriptions_distinct_monthly_at_end AS (
  SELECT
    i.period_start,
    'plan' AS slicing,
    i.plan,
    count(i.entity) AS people
  FROM subscriptions_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS plan,
    count(DISTINCT i.entity) AS people
  FROM subscriptions_entities AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
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
    r.subscribers_at_start,
    CAST(NULL AS BIGINT) AS subscribers,
    CAST(NULL AS BIGINT) AS people
  FROM subscriptions_monthly_at_start AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.plan,
    CAST(NULL AS BIGINT) AS subscribers_at_start,
    r.subscribers,
    CAST(NULL AS BIGINT) AS people
  FROM subscriptions_monthly_at_end AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.plan,
    CAST(NULL AS BIGINT) AS subscribers_at_start,
    CAST(NULL AS BIGINT) AS subscribers,
    r.people
  FROM subscriptions_distinct_monthly_at_end AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.plan,
    CAST(NULL AS BIGINT) AS subscribers_at_start,
    CAST(NULL AS BIGINT) AS subscribers,
    CAST(NULL AS BIGINT) AS people
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.plan,
    COALESCE(max(k.subscribers_at_start), 0) AS subscribers_at_start,
    COALESCE(max(k.subscribers), 0) AS subscribers,
    COALESCE(max(k.people), 0) AS people
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.plan,
  c.subscribers_at_start AS opening,
  c.subscribers AS closing,
  c.people AS people_at_end
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'plan' THEN 1 END,
  c.plan NULLS LAST,
  c.period_start;
