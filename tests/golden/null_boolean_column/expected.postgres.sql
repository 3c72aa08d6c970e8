WITH
-- users by day
users_atoms AS (
  SELECT
    users.joined_on AS period_start,
    users.active AS is_active,
    count(*) AS users,
    count(*) FILTER (WHERE users.active) AS active,
    count(*) FILTER (WHERE NOT COALESCE(users.active, FALSE)) AS inactive,
    count(*) FILTER (WHERE users.active IS NOT NULL) AS known,
    count(*) FILTER (WHERE (users.active AND users.id > 1) IS NOT TRUE) AS odd
  FROM users
  WHERE users.joined_on >= DATE '2026-01-01'
    AND users.joined_on < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- users: users, active, inactive, known, odd by month
users_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'is_active' AS slicing,
    i.is_active,
    CAST(sum(i.users) AS BIGINT) AS users,
    CAST(sum(i.active) AS BIGINT) AS active,
    CAST(sum(i.inactive) AS BIGINT) AS inactive,
    CAST(sum(i.known) AS BIGINT) AS known,
    CAST(sum(i.odd) AS BIGINT) AS odd
  FROM users_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS BOOLEAN) AS is_active,
    CAST(sum(i.users) AS BIGINT) AS users,
    CAST(sum(i.active) AS BIGINT) AS active,
    CAST(sum(i.inactive) AS BIGINT) AS inactive,
    CAST(sum(i.known) AS BIGINT) AS known,
    CAST(sum(i.odd) AS BIGINT) AS odd
  FROM users_atoms AS i
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
    'is_active' AS slicing,
    i.is_active
  FROM users_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS BOOLEAN) AS is_active
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.is_active,
    r.users,
    r.active,
    r.inactive,
    r.known,
    r.odd
  FROM users_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.is_active,
    CAST(NULL AS BIGINT) AS users,
    CAST(NULL AS BIGINT) AS active,
    CAST(NULL AS BIGINT) AS inactive,
    CAST(NULL AS BIGINT) AS known,
    CAST(NULL AS BIGINT) AS odd
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.is_active,
    COALESCE(max(k.users), 0) AS users,
    COALESCE(max(k.active), 0) AS active,
    COALESCE(max(k.inactive), 0) AS inactive,
    COALESCE(max(k.known), 0) AS known,
    COALESCE(max(k.odd), 0) AS odd
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.is_active,
  c.users,
  c.active,
  c.inactive,
  c.known,
  c.odd
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'is_active' THEN 1 END,
  c.is_active NULLS LAST,
  c.period_start;
