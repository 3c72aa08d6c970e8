WITH
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_end)
),
-- subscriptions by month
subscriptions_atoms AS (
  SELECT
    w.period_start,
    subscriptions.plan,
    sum(CAST(subscriptions.fee AS DECIMAL(10, 2))) AS fees,
    sum(CAST(subscriptions.fee AS DECIMAL(10, 2))) FILTER (WHERE subscriptions.plan = 'pro') AS fees_where
  FROM subscriptions
  JOIN at_end AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1, 2
),
-- subscriptions: fees by month, at end
subscriptions_monthly_at_end AS (
  SELECT
    i.period_start,
    'plan' AS slicing,
    i.plan,
    sum(i.fees) AS fees,
    CAST(NULL AS BIGINT) AS fees_total,
    sum(i.fees_where) AS fees_where
  FROM subscriptions_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS plan,
    sum(i.fees) AS fees,
    sum(i.fees) AS fees_total,
    sum(i.fees_where) AS fees_where
  FROM subscriptions_atoms AS i
  GROUP BY 1
),
-- subscriptions over all members of plan, at end
subscriptions_at_end_total AS (
  SELECT
    i.period_start,
    'plan' AS slicing,
    CAST(NULL AS VARCHAR) AS plan,
    sum(i.fees) AS fees_total
  FROM subscriptions_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
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
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS plan
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.plan,
    r.fees,
    r.fees_total,
    r.fees_where
  FROM subscriptions_monthly_at_end AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.plan,
    CAST(NULL AS BIGINT) AS fees,
    CAST(NULL AS BIGINT) AS fees_total,
    CAST(NULL AS BIGINT) AS fees_where
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.slicing,
    k.plan,
    max(k.fees) AS fees,
    max(k.fees_total) AS fees_total,
    max(k.fees_where) AS fees_where
  FROM stack AS k
  GROUP BY 1, 2, 3
),
-- with totals beside their parts, and what no rows mean
cells AS (
  SELECT
    m.period_start,
    m.slicing,
    m.plan,
    COALESCE(m.fees, 0) AS fees,
    COALESCE(COALESCE(m.fees_total, t1.fees_total), 0) AS fees_total,
    COALESCE(m.fees_where, 0) AS fees_where
  FROM merged AS m
  LEFT JOIN subscriptions_at_end_total AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.plan,
  c.fees AS fees_at_end,
  CAST(c.fees AS DOUBLE) / NULLIF(c.fees_total, 0) AS share,
  c.fees_where AS fees_of_pro,
  CAST(c.fees_where AS DOUBLE) / NULLIF(c.fees, 0) AS share_of_pro
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'plan' THEN 1 END,
  c.plan NULLS LAST,
  c.period_start;
