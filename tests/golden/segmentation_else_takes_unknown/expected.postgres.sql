WITH
-- users by day
users_atoms AS (
  SELECT
    users.joined_on AS period_start,
    (users.age < 30) IS TRUE AS is_young,
    (users.age >= 30 AND (users.age < 30) IS NOT TRUE) IS TRUE AS is_old,
    ((users.age < 30) IS NOT TRUE AND (users.age >= 30) IS NOT TRUE) IS TRUE AS is_unknown,
    count(*) AS users
  FROM users
  WHERE users.joined_on >= DATE '2026-01-01'
    AND users.joined_on < DATE '2026-02-01'
  GROUP BY 1, 2, 3, 4
),
-- users: users by month
users_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'young' AS segment,
    CAST(sum(i.users) AS BIGINT) AS users
  FROM users_atoms AS i
  WHERE i.is_young
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'old' AS segment,
    CAST(sum(i.users) AS BIGINT) AS users
  FROM users_atoms AS i
  WHERE i.is_old
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'unknown' AS segment,
    CAST(sum(i.users) AS BIGINT) AS users
  FROM users_atoms AS i
  WHERE i.is_unknown
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('young'),
      ('old'),
      ('unknown')
  ) AS q(segment)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    s.segment,
    COALESCE(r1.users, 0) AS users
  FROM spine AS p
  CROSS JOIN segments AS s
  LEFT JOIN users_monthly AS r1
    ON r1.period_start = p.period_start
    AND r1.segment = s.segment
)
SELECT
  c.period_start,
  'total' AS slicing,
  c.segment,
  c.users
FROM cells AS c
ORDER BY
  CASE
    WHEN c.segment = 'young' THEN 0
    WHEN c.segment = 'old' THEN 1
    WHEN c.segment = 'unknown' THEN 2
  END,
  c.period_start;
