WITH
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_end)
),
-- subscriptions: each counted value once a month
subscriptions_entities AS (
  SELECT
    w.period_start,
    subscriptions.plan,
    subscriptions.customer_id AS entity
  FROM subscriptions
  JOIN at_end AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1, 2, 3
),
-- subscriptions: subscribers by month, at end
subscriptions_distinct_monthly_at_end AS (
  SELECT
    i.period_start,
    'plan' AS slicing,
    i.plan,
    count(i.entity) AS subscribers
  FROM subscriptions_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS plan,
    count(DISTINCT i.entity) AS subscribers
  FROM subscriptions_entities AS i
  GROUP BY 1
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
      (DATE '2026-01-01', DATE '2026-02-01', 31)
  ) AS q(period_start, window_end, days)
),
-- subscriptions by month
subscriptions_atoms AS (
  SELECT
    w.period_start,
    subscriptions.plan,
    w.window_end AS day,
    w.days,
    count(*) AS subscriptions_average
  FROM subscriptions
  JOIN average AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1, 2, 3, 4
),
-- subscriptions: subscriptions by month, average
subscriptions_monthly_average AS (
  SELECT
    i.period_start,
    'plan' AS slicing,
    i.plan,
    CAST(sum(i.subscriptions_average) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS subscriptions_average
  FROM subscriptions_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS plan,
    CAST(sum(i.subscriptions_average) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS subscriptions_average
  FROM subscriptions_atoms AS i
  GROUP BY 1
),
-- subscriptions: each counted value once a month
subscriptions_entities_2 AS (
  SELECT
    w.period_start,
    subscriptions.plan,
    w.window_end AS day,
    w.days,
    subscriptions.customer_id AS entity
  FROM subscriptions
  JOIN average AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1, 2, 3, 4, 5
),
-- subscriptions: subscribers by month, average
subscriptions_distinct_monthly_average AS (
  SELECT
    i.period_start,
    'plan' AS slicing,
    i.plan,
    CAST(count(i.entity) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS subscribers_average
  FROM subscriptions_entities_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS plan,
    CAST(
      count(DISTINCT (i.entity, i.day)) FILTER (WHERE i.entity IS NOT NULL AND i.day IS NOT NULL) AS DOUBLE PRECISION
    )
      / NULLIF(max(i.days), 0) AS subscribers_average
  FROM subscriptions_entities_2 AS i
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
  FROM subscriptions_entities AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'plan' AS slicing,
    i.plan
  FROM subscriptions_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS plan
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.plan,
    r.subscribers,
    CAST(NULL AS BIGINT) AS subscriptions_average,
    CAST(NULL AS BIGINT) AS subscribers_average
  FROM subscriptions_distinct_monthly_at_end AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.plan,
    CAST(NULL AS BIGINT) AS subscribers,
    r.subscriptions_average,
    CAST(NULL AS BIGINT) AS subscribers_average
  FROM subscriptions_monthly_average AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.plan,
    CAST(NULL AS BIGINT) AS subscribers,
    CAST(NULL AS BIGINT) AS subscriptions_average,
    r.subscribers_average
  FROM subscriptions_distinct_monthly_average AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.plan,
    CAST(NULL AS BIGINT) AS subscribers,
    CAST(NULL AS BIGINT) AS subscriptions_average,
    CAST(NULL AS BIGINT) AS subscribers_average
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
    COALESCE(max(k.subscriptions_average), 0) AS subscriptions_average,
    COALESCE(max(k.subscribers_average), 0) AS subscribers_average
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.plan,
  c.subscribers AS at_the_end,
  c.subscriptions_average AS average_subscriptions,
  c.subscribers_average AS average_subscribers
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'plan' THEN 1 END,
  c.plan NULLS LAST,
  c.period_start;
