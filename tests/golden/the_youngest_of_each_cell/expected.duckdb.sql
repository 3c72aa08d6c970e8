WITH
-- when each entity enters
signups_entries AS (
  SELECT
    users.user_id AS entity,
    users.signed_up_on AS kpic_entered,
    users.user_id AS key_1
  FROM users
  WHERE users.user_id IS NOT NULL
    AND users.signed_up_on IS NOT NULL
    AND users.signed_up_on < DATE '2026-02-01'
),
-- what those who entered did afterwards: logins
signups_logins AS (
  SELECT
    e.entity,
    count(*) AS kpic_value
  FROM activity
  JOIN signups_entries AS e
    ON activity.user_id = e.entity
    AND activity.day = CAST(e.kpic_entered AS DATE) + 7
  WHERE activity.day < DATE '2026-02-01'
  GROUP BY 1
),
-- the rows with which entities enter
signups AS (
  SELECT
    users.*,
    users.signed_up_on AS kpic_entered,
    v.kpic_value
  FROM users
  LEFT JOIN signups_logins AS v ON v.entity = users.user_id
  WHERE users.user_id IS NOT NULL
    AND users.signed_up_on IS NOT NULL
    AND users.signed_up_on < DATE '2026-02-01'
),
-- users by day
users_atoms AS (
  SELECT
    users.signed_up_on AS period_start,
    users.country,
    count(*) FILTER (WHERE users.kpic_value > 0) AS signups_with_logins,
    count(*) AS signups_entrants,
    max(users.kpic_entered) AS signups_youngest
  FROM signups AS users
  WHERE users.signed_up_on >= DATE '2026-01-01'
    AND users.signed_up_on < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- users: signups_with_logins, signups_entrants, signups_youngest by month
users_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'country' AS slicing,
    i.country,
    CAST(sum(i.signups_with_logins) AS BIGINT) AS signups_with_logins,
    CAST(sum(i.signups_entrants) AS BIGINT) AS signups_entrants,
    max(i.signups_youngest) AS signups_youngest
  FROM users_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS country,
    CAST(sum(i.signups_with_logins) AS BIGINT) AS signups_with_logins,
    CAST(sum(i.signups_entrants) AS BIGINT) AS signups_entrants,
    max(i.signups_youngest) AS signups_youngest
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
    'country' AS slicing,
    i.country
  FROM users_atoms AS i
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
    r.signups_with_logins,
    r.signups_entrants,
    r.signups_youngest
  FROM users_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.country,
    CAST(NULL AS BIGINT) AS signups_with_logins,
    CAST(NULL AS BIGINT) AS signups_entrants,
    CAST(NULL AS DATE) AS signups_youngest
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.country,
    COALESCE(max(k.signups_with_logins), 0) AS signups_with_logins,
    COALESCE(max(k.signups_entrants), 0) AS signups_entrants,
    max(k.signups_youngest) AS signups_youngest
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.country,
  CASE
    WHEN CAST(c.signups_youngest AS DATE) + 8 <= DATE '2026-02-01' THEN CAST(
        c.signups_with_logins AS DOUBLE
      )
        / NULLIF(c.signups_entrants, 0)
  END AS active_rate_d7
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'country' THEN 1 END,
  c.country NULLS LAST,
  c.period_start;
