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
),
-- users by day
users_atoms AS (
  SELECT
    users.signed_up_on AS period_start,
    count(*) FILTER (WHERE users.kpic_value > 0) AS signups_with_logins,
    count(*) AS signups_entrants
  FROM signups AS users
  WHERE users.signed_up_on >= DATE '2026-01-01'
    AND users.signed_up_on < DATE '2026-02-01'
  GROUP BY 1
),
-- users: signups_with_logins, signups_entrants by month
users_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.signups_with_logins) AS BIGINT) AS signups_with_logins,
    CAST(sum(i.signups_entrants) AS BIGINT) AS signups_entrants
  FROM users_atoms AS i
  GROUP BY 1
),
-- what those who entered did afterwards: logins
signups_logins_2 AS (
  SELECT
    e.entity,
    count(*) AS kpic_value
  FROM activity
  JOIN signups_entries AS e
    ON activity.user_id = e.entity
    AND activity.day >= e.kpic_entered
    AND activity.day < CAST(e.kpic_entered AS DATE) + 7
  GROUP BY 1
),
-- the rows with which entities enter
signups_2 AS (
  SELECT
    users.*,
    users.signed_up_on AS kpic_entered,
    v.kpic_value
  FROM users
  LEFT JOIN signups_logins_2 AS v ON v.entity = users.user_id
  WHERE users.user_id IS NOT NULL
    AND users.signed_up_on IS NOT NULL
),
-- users by day
users_atoms_2 AS (
  SELECT
    users.signed_up_on AS period_start,
    count(*) FILTER (WHERE users.kpic_value > 0) AS signups_with_logins_2,
    count(*) AS signups_entrants_2
  FROM signups_2 AS users
  WHERE users.signed_up_on >= DATE '2026-01-01'
    AND users.signed_up_on < DATE '2026-02-01'
  GROUP BY 1
),
-- users: signups_with_logins, signups_entrants by month
users_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.signups_with_logins_2) AS BIGINT) AS signups_with_logins_2,
    CAST(sum(i.signups_entrants_2) AS BIGINT) AS signups_entrants_2
  FROM users_atoms_2 AS i
  GROUP BY 1
),
-- what those who entered did afterwards: logins
signups_logins_3 AS (
  SELECT
    e.entity,
    count(*) AS kpic_value
  FROM activity
  JOIN signups_entries AS e
    ON activity.user_id = e.entity
    AND activity.day >= CAST(e.kpic_entered AS DATE) + 7
  GROUP BY 1
),
-- the rows with which entities enter
signups_3 AS (
  SELECT
    users.*,
    users.signed_up_on AS kpic_entered,
    v.kpic_value
  FROM users
  LEFT JOIN signups_logins_3 AS v ON v.entity = users.user_id
  WHERE users.user_id IS NOT NULL
    AND users.signed_up_on IS NOT NULL
),
-- users by day
users_atoms_3 AS (
  SELECT
    users.signed_up_on AS period_start,
    count(*) FILTER (WHERE users.kpic_value > 0) AS signups_with_logins_3,
    count(*) AS signups_entrants_3
  FROM signups_3 AS users
  WHERE users.signed_up_on >= DATE '2026-01-01'
    AND users.signed_up_on < DATE '2026-02-01'
  GROUP BY 1
),
-- users: signups_with_logins, signups_entrants by month
users_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.signups_with_logins_3) AS BIGINT) AS signups_with_logins_3,
    CAST(sum(i.signups_entrants_3) AS BIGINT) AS signups_entrants_3
  FROM users_atoms_3 AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.signups_with_logins, 0) AS signups_with_logins,
    COALESCE(r1.signups_entrants, 0) AS signups_entrants,
    COALESCE(r2.signups_with_logins_2, 0) AS signups_with_logins_2,
    COALESCE(r2.signups_entrants_2, 0) AS signups_entrants_2,
    COALESCE(r3.signups_with_logins_3, 0) AS signups_with_logins_3,
    COALESCE(r3.signups_entrants_3, 0) AS signups_entrants_3
  FROM spine AS p
  LEFT JOIN users_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN users_monthly_2 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN users_monthly_3 AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CAST(c.signups_with_logins AS DOUBLE PRECISION) / NULLIF(c.signups_entrants, 0) AS on_day_7,
  CAST(c.signups_with_logins_2 AS DOUBLE PRECISION) / NULLIF(c.signups_entrants_2, 0) AS within_7_days,
  CAST(c.signups_with_logins_3 AS DOUBLE PRECISION) / NULLIF(c.signups_entrants_3, 0) AS from_day_7_on
FROM cells AS c
ORDER BY c.period_start;
