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
    AND users.signed_up_on < DATE '2026-01-19'
),
-- what those who entered did afterwards: logins
signups_logins AS (
  SELECT
    e.entity,
    CAST(
      round(CAST(
        CAST(
          CAST(date_trunc('week', activity.day) AS DATE) - CAST(date_trunc('week', e.kpic_entered) AS DATE) AS DOUBLE PRECISION
        )
          / 7 AS NUMERIC
      ), 0) AS BIGINT
    ) AS age,
    count(*) AS kpic_value
  FROM activity
  JOIN signups_entries AS e
    ON activity.user_id = e.entity
    AND activity.day >= e.kpic_entered
  WHERE activity.day < DATE '2026-01-19'
  GROUP BY 1, 2
),
-- the rows with which entities enter
signups AS (
  SELECT
    users.*,
    users.signed_up_on AS kpic_entered,
    v.age AS kpic_age,
    CAST(NULL AS DATE) AS kpic_youngest,
    v.kpic_value
  FROM users
  JOIN signups_logins AS v ON v.entity = users.user_id
  WHERE users.user_id IS NOT NULL
    AND users.signed_up_on IS NOT NULL
    AND users.signed_up_on < DATE '2026-01-19'
  UNION ALL
  SELECT
    users.*,
    users.signed_up_on AS kpic_entered,
    CAST(NULL AS BIGINT) AS kpic_age,
    users.signed_up_on AS kpic_youngest,
    CAST(NULL AS BIGINT) AS kpic_value
  FROM users
  WHERE users.user_id IS NOT NULL
    AND users.signed_up_on IS NOT NULL
    AND users.signed_up_on < DATE '2026-01-19'
),
-- users by day
users_atoms AS (
  SELECT
    users.signed_up_on AS period_start,
    users.kpic_age AS age,
    count(*) FILTER (WHERE users.kpic_value > 0) AS signups_with_logins,
    count(*) FILTER (WHERE users.kpic_age IS NULL) AS signups_entrants,
    max(users.kpic_youngest) AS signups_is_young
  FROM signups AS users
  WHERE users.signed_up_on >= DATE '2025-12-29'
    AND users.signed_up_on < DATE '2026-01-12'
  GROUP BY 1, 2
),
-- ages in weeks
ages AS (
  SELECT *
  FROM (
    VALUES
      (0),
      (1),
      (2)
  ) AS q(age)
),
-- users: at each age
users_ages AS (
  SELECT
    i.period_start,
    a.age,
    i.signups_with_logins,
    i.signups_entrants,
    CASE
      WHEN a.age
          >= CAST(
            round(CAST(
              CAST(
                CAST(date_trunc('week', DATE '2026-01-19') AS DATE) - CAST(date_trunc('week', i.signups_is_young) AS DATE) AS DOUBLE PRECISION
              )
                / 7 AS NUMERIC
            ), 0) AS BIGINT
          ) THEN 1
      ELSE 0
    END AS signups_is_young
  FROM users_atoms AS i
  CROSS JOIN ages AS a
  WHERE i.age IS NULL
  UNION ALL
  SELECT
    i.period_start,
    a.age,
    i.signups_with_logins,
    i.signups_entrants,
    CAST(NULL AS BIGINT) AS signups_is_young
  FROM users_atoms AS i
  JOIN ages AS a ON i.age = a.age
),
-- users: signups_with_logins, signups_entrants, signups_is_young by week
users_weekly AS (
  SELECT
    CAST(date_trunc('week', i.period_start) AS DATE) AS period_start,
    i.age,
    CAST(sum(i.signups_with_logins) AS BIGINT) AS signups_with_logins,
    CAST(sum(i.signups_entrants) AS BIGINT) AS signups_entrants,
    max(i.signups_is_young) AS signups_is_young
  FROM users_ages AS i
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2025-12-29', TIMESTAMP '2026-01-05', INTERVAL '1 week') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    i.age
  FROM users_ages AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.age,
    r.signups_with_logins,
    r.signups_entrants,
    r.signups_is_young
  FROM users_weekly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.age,
    CAST(NULL AS BIGINT) AS signups_with_logins,
    CAST(NULL AS BIGINT) AS signups_entrants,
    CAST(NULL AS BIGINT) AS signups_is_young
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.age,
    COALESCE(max(k.signups_with_logins), 0) AS signups_with_logins,
    COALESCE(max(k.signups_entrants), 0) AS signups_entrants,
    max(k.signups_is_young) AS signups_is_young
  FROM stack AS k
  GROUP BY 1, 2
)
SELECT
  c.period_start,
  'age' AS slicing,
  'all' AS segment,
  c.age,
  CASE
    WHEN c.signups_is_young = 0 THEN CAST(c.signups_with_logins AS DOUBLE PRECISION)
        / NULLIF(c.signups_entrants, 0)
  END AS retention
FROM cells AS c
ORDER BY c.age NULLS LAST, c.period_start;
