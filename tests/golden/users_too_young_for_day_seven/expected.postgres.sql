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
    AND users.signed_up_on < DATE '2026-01-18'
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
  WHERE activity.day < DATE '2026-01-18'
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
    AND users.signed_up_on < DATE '2026-01-18'
),
-- users by day
users_atoms AS (
  SELECT
    users.signed_up_on AS period_start,
    count(*) FILTER (WHERE users.kpic_value > 0) AS signups_with_logins,
    count(*) AS signups_entrants,
    max(users.kpic_entered) AS signups_youngest
  FROM signups AS users
  WHERE users.signed_up_on >= DATE '2025-12-29'
    AND users.signed_up_on < DATE '2026-01-12'
  GROUP BY 1
),
-- users: signups_with_logins, signups_entrants, signups_youngest by week
users_weekly AS (
  SELECT
    CAST(date_trunc('week', i.period_start) AS DATE) AS period_start,
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
  FROM generate_series(TIMESTAMP '2025-12-29', TIMESTAMP '2026-01-05', INTERVAL '1 week') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.signups_with_logins, 0) AS signups_with_logins,
    COALESCE(r1.signups_entrants, 0) AS signups_entrants,
    r1.signups_youngest
  FROM spine AS p
  LEFT JOIN users_weekly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CASE
    WHEN CAST(c.signups_youngest AS DATE) + 8 <= DATE '2026-01-18' THEN CAST(
        c.signups_with_logins AS DOUBLE PRECISION
      )
        / NULLIF(c.signups_entrants, 0)
  END AS active_rate_d7
FROM cells AS c
ORDER BY c.period_start;
