WITH
-- the instant at which each period starts
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-02-01')
  ) AS q(period_start, window_end)
),
-- subscriptions by month
subscriptions_atoms AS (
  SELECT
    w.period_start,
    customer.country,
    (customer.country = 'FR') IS TRUE AS is_france,
    count(*) AS subscribers_at_start
  FROM subscriptions
  LEFT JOIN customers AS customer ON customer.customer_id = subscriptions.customer_id
  JOIN at_start AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1, 2, 3
),
-- subscriptions: subscribers by month, at start
subscriptions_monthly_at_start AS (
  SELECT
    i.period_start,
    'country' AS slicing,
    'france' AS segment,
    i.country,
    CAST(sum(i.subscribers_at_start) AS BIGINT) AS subscribers_at_start
  FROM subscriptions_atoms AS i
  WHERE i.is_france
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'country' AS slicing,
    'all' AS segment,
    i.country,
    CAST(sum(i.subscribers_at_start) AS BIGINT) AS subscribers_at_start
  FROM subscriptions_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'france' AS segment,
    CAST(NULL AS VARCHAR) AS country,
    CAST(sum(i.subscribers_at_start) AS BIGINT) AS subscribers_at_start
  FROM subscriptions_atoms AS i
  WHERE i.is_france
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS country,
    CAST(sum(i.subscribers_at_start) AS BIGINT) AS subscribers_at_start
  FROM subscriptions_atoms AS i
  GROUP BY 1
),
-- subscriptions by day
subscriptions_atoms_2 AS (
  SELECT
    subscriptions.ended_on AS period_start,
    customer.country,
    (customer.country = 'FR') IS TRUE AS is_france,
    count(*) AS ended
  FROM subscriptions
  LEFT JOIN customers AS customer ON customer.customer_id = subscriptions.customer_id
  WHERE subscriptions.ended_on >= DATE '2026-02-01'
    AND subscriptions.ended_on < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- subscriptions: ended by month
subscriptions_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'country' AS slicing,
    'france' AS segment,
    i.country,
    CAST(sum(i.ended) AS BIGINT) AS ended
  FROM subscriptions_atoms_2 AS i
  WHERE i.is_france
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'country' AS slicing,
    'all' AS segment,
    i.country,
    CAST(sum(i.ended) AS BIGINT) AS ended
  FROM subscriptions_atoms_2 AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'france' AS segment,
    CAST(NULL AS VARCHAR) AS country,
    CAST(sum(i.ended) AS BIGINT) AS ended
  FROM subscriptions_atoms_2 AS i
  WHERE i.is_france
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS country,
    CAST(sum(i.ended) AS BIGINT) AS ended
  FROM subscriptions_atoms_2 AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('france'),
      ('all')
  ) AS q(segment)
),
-- the members that occur
members AS (
  SELECT
    'country' AS slicing,
    i.country
  FROM subscriptions_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'country' AS slicing,
    i.country
  FROM subscriptions_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS country
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.country,
    r.subscribers_at_start,
    CAST(NULL AS BIGINT) AS ended
  FROM subscriptions_monthly_at_start AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.country,
    CAST(NULL AS BIGINT) AS subscribers_at_start,
    r.ended
  FROM subscriptions_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    s.segment,
    m.country,
    CAST(NULL AS BIGINT) AS subscribers_at_start,
    CAST(NULL AS BIGINT) AS ended
  FROM spine AS p
  CROSS JOIN members AS m
  CROSS JOIN segments AS s
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.segment,
    k.country,
    COALESCE(max(k.subscribers_at_start), 0) AS subscribers_at_start,
    COALESCE(max(k.ended), 0) AS ended
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  c.segment,
  c.country,
  c.subscribers_at_start AS opening,
  CAST(c.ended AS DOUBLE) / NULLIF(c.subscribers_at_start, 0) AS churn_rate
FROM cells AS c
ORDER BY
  CASE WHEN c.segment = 'france' THEN 0 WHEN c.segment = 'all' THEN 1 END,
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'country' THEN 1 END,
  c.country NULLS LAST,
  c.period_start;
