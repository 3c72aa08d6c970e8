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
-- markets by month
markets_atoms AS (
  SELECT
    w.period_start,
    markets.country,
    sum(markets.people) AS addressable
  FROM markets
  CROSS JOIN at_end AS w
  GROUP BY 1, 2
),
-- markets: addressable by month, at end
markets_monthly_at_end AS (
  SELECT
    i.period_start,
    'country' AS slicing,
    i.country,
    sum(i.addressable) AS addressable
  FROM markets_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS country,
    sum(i.addressable) AS addressable
  FROM markets_atoms AS i
  GROUP BY 1
),
-- activity: each counted value once a month
activity_entities AS (
  SELECT
    CAST(activity.day AS DATE) - CAST(day(activity.day) - 1 AS INTEGER) AS period_start,
    activity.country,
    activity.user_id AS entity
  FROM activity
  WHERE activity.day >= DATE '2026-01-01'
    AND activity.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- activity: active_users by month
activity_distinct_monthly AS (
  SELECT
    i.period_start,
    'country' AS slicing,
    i.country,
    count(i.entity) AS active_users
  FROM activity_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS country,
    count(DISTINCT i.entity) AS active_users
  FROM activity_entities AS i
  GROUP BY 1
),
-- the instant at which each period starts
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-02-01')
  ) AS q(period_start, window_end)
),
-- markets by month
markets_atoms_2 AS (
  SELECT
    w.period_start,
    markets.country,
    sum(markets.people) AS addressable_at_start
  FROM markets
  CROSS JOIN at_start AS w
  GROUP BY 1, 2
),
-- markets: addressable by month, at start
markets_monthly_at_start AS (
  SELECT
    i.period_start,
    'country' AS slicing,
    i.country,
    sum(i.addressable_at_start) AS addressable_at_start
  FROM markets_atoms_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS country,
    sum(i.addressable_at_start) AS addressable_at_start
  FROM markets_atoms_2 AS i
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
    'country' AS slicing,
    i.country
  FROM markets_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'country' AS slicing,
    i.country
  FROM activity_entities AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'country' AS slicing,
    i.country
  FROM markets_atoms_2 AS i
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
    r.country,
    r.addressable,
    CAST(NULL AS BIGINT) AS active_users,
    CAST(NULL AS BIGINT) AS addressable_at_start
  FROM markets_monthly_at_end AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    CAST(NULL AS BIGINT) AS addressable,
    r.active_users,
    CAST(NULL AS BIGINT) AS addressable_at_start
  FROM activity_distinct_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    CAST(NULL AS BIGINT) AS addressable,
    CAST(NULL AS BIGINT) AS active_users,
    r.addressable_at_start
  FROM markets_monthly_at_start AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.country,
    CAST(NULL AS BIGINT) AS addressable,
    CAST(NULL AS BIGINT) AS active_users,
    CAST(NULL AS BIGINT) AS addressable_at_start
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.country,
    COALESCE(max(k.addressable), 0) AS addressable,
    COALESCE(max(k.active_users), 0) AS active_users,
    COALESCE(max(k.addressable_at_start), 0) AS addressable_at_start
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.country,
  c.addressable AS addressable_users,
  CAST(c.active_users AS DOUBLE) / NULLIF(c.addressable, 0) AS adoption_rate,
  c.addressable_at_start
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'country' THEN 1 END,
  c.country NULLS LAST,
  c.period_start;
