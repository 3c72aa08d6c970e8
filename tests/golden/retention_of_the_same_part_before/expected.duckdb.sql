WITH
-- when each entity enters
signups_entries AS (
  SELECT
    users.user_id AS entity,
    users.day AS kpic_entered,
    users.user_id AS key_1
  FROM users
  WHERE users.user_id IS NOT NULL
    AND users.day IS NOT NULL
    AND users.day < DATE '2026-02-11'
),
-- what those who entered did afterwards: logins
signups_logins AS (
  SELECT
    e.entity,
    count(*) AS kpic_value
  FROM logins
  JOIN signups_entries AS e
    ON logins.user_id = e.entity
    AND logins.day = CAST(e.kpic_entered AS DATE) + 1
  WHERE logins.day < DATE '2026-02-11'
  GROUP BY 1
),
-- the rows with which entities enter
signups AS (
  SELECT
    users.*,
    users.day AS kpic_entered,
    v.kpic_value
  FROM users
  LEFT JOIN signups_logins AS v ON v.entity = users.user_id
  WHERE users.user_id IS NOT NULL
    AND users.day IS NOT NULL
    AND users.day < DATE '2026-02-11'
),
-- users by day
users_atoms AS (
  SELECT
    users.day AS period_start,
    count(*) FILTER (WHERE users.kpic_value > 0) AS signups_with_logins,
    count(*) AS signups_entrants,
    max(users.kpic_entered) AS signups_youngest
  FROM signups AS users
  WHERE users.day >= DATE '2025-12-01'
    AND users.day < DATE '2026-02-11'
  GROUP BY 1
),
-- users: signups_with_logins, signups_entrants, signups_youngest by month
users_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.signups_with_logins) AS BIGINT) AS signups_with_logins,
    CAST(sum(i.signups_entrants) AS BIGINT) AS signups_entrants,
    max(i.signups_youngest) AS signups_youngest
  FROM users_atoms AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01')
  ) AS q(period_start, window_start, window_end)
),
-- users: signups_with_logins, signups_entrants, signups_youngest by month, previous
users_monthly_previous AS (
  SELECT
    w.period_start,
    CAST(sum(i.signups_with_logins) AS BIGINT) AS signups_with_logins_previous_2,
    CAST(sum(i.signups_entrants) AS BIGINT) AS signups_entrants_previous_2,
    max(i.signups_youngest) AS signups_youngest_previous_2
  FROM users_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- what those who entered did afterwards: logins
signups_logins_2 AS (
  SELECT
    e.entity,
    count(*) AS kpic_value
  FROM logins
  JOIN signups_entries AS e
    ON logins.user_id = e.entity
    AND logins.day >= CAST(e.kpic_entered AS DATE) + 1
  WHERE logins.day < DATE '2026-02-11'
  GROUP BY 1
),
-- the rows with which entities enter
signups_2 AS (
  SELECT
    users.*,
    users.day AS kpic_entered,
    v.kpic_value
  FROM users
  LEFT JOIN signups_logins_2 AS v ON v.entity = users.user_id
  WHERE users.user_id IS NOT NULL
    AND users.day IS NOT NULL
    AND users.day < DATE '2026-02-11'
),
-- users by day
users_atoms_2 AS (
  SELECT
    users.day AS period_start,
    count(*) FILTER (WHERE users.kpic_value > 0) AS signups_with_logins_2,
    count(*) AS signups_entrants_2,
    max(users.kpic_entered) AS signups_youngest_2
  FROM signups_2 AS users
  WHERE users.day >= DATE '2025-12-01'
    AND users.day < DATE '2026-02-11'
  GROUP BY 1
),
-- users: signups_with_logins, signups_entrants, signups_youngest by month
users_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.signups_with_logins_2) AS BIGINT) AS signups_with_logins_2,
    CAST(sum(i.signups_entrants_2) AS BIGINT) AS signups_entrants_2,
    max(i.signups_youngest_2) AS signups_youngest_2
  FROM users_atoms_2 AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- users: signups_with_logins, signups_entrants, signups_youngest by month, previous
users_monthly_previous_2 AS (
  SELECT
    w.period_start,
    CAST(sum(i.signups_with_logins_2) AS BIGINT) AS signups_with_logins_previous_4,
    CAST(sum(i.signups_entrants_2) AS BIGINT) AS signups_entrants_previous_4,
    max(i.signups_youngest_2) AS signups_youngest_previous_4
  FROM users_atoms_2 AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 month
previous_1_month AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- users: signups_with_logins, signups_entrants, signups_youngest by month, previous 1 month
users_monthly_previous_1_month AS (
  SELECT
    w.period_start,
    CAST(sum(i.signups_with_logins_2) AS BIGINT) AS signups_with_logins_previous_5,
    CAST(sum(i.signups_entrants_2) AS BIGINT) AS signups_entrants_previous_5,
    max(i.signups_youngest_2) AS signups_youngest_previous_5
  FROM users_atoms_2 AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- when each entity enters
signups_entries_2 AS (
  SELECT
    users.user_id AS entity,
    users.day AS kpic_entered,
    users.user_id AS key_1
  FROM users
  WHERE users.user_id IS NOT NULL
    AND users.day IS NOT NULL
    AND users.day < DATE '2026-01-11'
),
-- what those who entered did afterwards: logins
signups_logins_3 AS (
  SELECT
    e.entity,
    count(*) AS kpic_value
  FROM logins
  JOIN signups_entries_2 AS e
    ON logins.user_id = e.entity
    AND logins.day = CAST(e.kpic_entered AS DATE) + 1
  WHERE logins.day < DATE '2026-01-11'
  GROUP BY 1
),
-- the rows with which entities enter
signups_3 AS (
  SELECT
    users.*,
    users.day AS kpic_entered,
    v.kpic_value
  FROM users
  LEFT JOIN signups_logins_3 AS v ON v.entity = users.user_id
  WHERE users.user_id IS NOT NULL
    AND users.day IS NOT NULL
    AND users.day < DATE '2026-01-11'
),
-- users by day
users_atoms_3 AS (
  SELECT
    users.day AS period_start,
    count(*) FILTER (WHERE users.kpic_value > 0) AS signups_with_logins_previous,
    count(*) AS signups_entrants_previous,
    max(users.kpic_entered) AS signups_youngest_previous
  FROM signups_3 AS users
  WHERE users.day >= DATE '2026-01-01'
    AND users.day < DATE '2026-01-11'
  GROUP BY 1
),
-- the time that each period reads: previous
previous_2 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-01-11')
  ) AS q(period_start, window_start, window_end)
),
-- users: signups_with_logins, signups_entrants, signups_youngest by month, previous
users_monthly_previous_3 AS (
  SELECT
    w.period_start,
    CAST(sum(i.signups_with_logins_previous) AS BIGINT) AS signups_with_logins_previous,
    CAST(sum(i.signups_entrants_previous) AS BIGINT) AS signups_entrants_previous,
    max(i.signups_youngest_previous) AS signups_youngest_previous
  FROM users_atoms_3 AS i
  JOIN previous_2 AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- what those who entered did afterwards: logins
signups_logins_4 AS (
  SELECT
    e.entity,
    count(*) AS kpic_value
  FROM logins
  JOIN signups_entries_2 AS e
    ON logins.user_id = e.entity
    AND logins.day >= CAST(e.kpic_entered AS DATE) + 1
  WHERE logins.day < DATE '2026-01-11'
  GROUP BY 1
),
-- the rows with which entities enter
signups_4 AS (
  SELECT
    users.*,
    users.day AS kpic_entered,
    v.kpic_value
  FROM users
  LEFT JOIN signups_logins_4 AS v ON v.entity = users.user_id
  WHERE users.user_id IS NOT NULL
    AND users.day IS NOT NULL
    AND users.day < DATE '2026-01-11'
),
-- users by day
users_atoms_4 AS (
  SELECT
    users.day AS period_start,
    count(*) FILTER (WHERE users.kpic_value > 0) AS signups_with_logins_previous_3,
    count(*) AS signups_entrants_previous_3,
    max(users.kpic_entered) AS signups_youngest_previous_3
  FROM signups_4 AS users
  WHERE users.day >= DATE '2026-01-01'
    AND users.day < DATE '2026-01-11'
  GROUP BY 1
),
-- users: signups_with_logins, signups_entrants, signups_youngest by month, previous
users_monthly_previous_4 AS (
  SELECT
    w.period_start,
    CAST(sum(i.signups_with_logins_previous_3) AS BIGINT) AS signups_with_logins_previous_3,
    CAST(sum(i.signups_entrants_previous_3) AS BIGINT) AS signups_entrants_previous_3,
    max(i.signups_youngest_previous_3) AS signups_youngest_previous_3
  FROM users_atoms_4 AS i
  JOIN previous_2 AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.signups_with_logins, 0) AS signups_with_logins,
    COALESCE(r1.signups_entrants, 0) AS signups_entrants,
    r1.signups_youngest,
    COALESCE(r3.signups_with_logins_2, 0) AS signups_with_logins_2,
    COALESCE(r3.signups_entrants_2, 0) AS signups_entrants_2,
    r3.signups_youngest_2,
    CASE
      WHEN p.period_start >= DATE '2026-02-01' THEN COALESCE(r6.signups_with_logins_previous, 0)
    END AS signups_with_logins_previous,
    CASE WHEN p.period_start >= DATE '2026-02-01' THEN COALESCE(r6.signups_entrants_previous, 0) END AS signups_entrants_previous,
    CASE WHEN p.period_start >= DATE '2026-02-01' THEN r6.signups_youngest_previous END AS signups_youngest_previous,
    CASE
      WHEN p.period_start < DATE '2026-02-01' THEN COALESCE(r2.signups_with_logins_previous_2, 0)
    END AS signups_with_logins_previous_2,
    CASE
      WHEN p.period_start < DATE '2026-02-01' THEN COALESCE(r2.signups_entrants_previous_2, 0)
    END AS signups_entrants_previous_2,
    CASE WHEN p.period_start < DATE '2026-02-01' THEN r2.signups_youngest_previous_2 END AS signups_youngest_previous_2,
    CASE
      WHEN p.period_start >= DATE '2026-02-01' THEN COALESCE(r7.signups_with_logins_previous_3, 0)
    END AS signups_with_logins_previous_3,
    CASE
      WHEN p.period_start >= DATE '2026-02-01' THEN COALESCE(r7.signups_entrants_previous_3, 0)
    END AS signups_entrants_previous_3,
    CASE WHEN p.period_start >= DATE '2026-02-01' THEN r7.signups_youngest_previous_3 END AS signups_youngest_previous_3,
    CASE
      WHEN p.period_start < DATE '2026-02-01' THEN COALESCE(r4.signups_with_logins_previous_4, 0)
    END AS signups_with_logins_previous_4,
    CASE
      WHEN p.period_start < DATE '2026-02-01' THEN COALESCE(r4.signups_entrants_previous_4, 0)
    END AS signups_entrants_previous_4,
    CASE WHEN p.period_start < DATE '2026-02-01' THEN r4.signups_youngest_previous_4 END AS signups_youngest_previous_4,
    COALESCE(r5.signups_with_logins_previous_5, 0) AS signups_with_logins_previous_5,
    COALESCE(r5.signups_entrants_previous_5, 0) AS signups_entrants_previous_5,
    r5.signups_youngest_previous_5
  FROM spine AS p
  LEFT JOIN users_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN users_monthly_previous AS r2 ON r2.period_start = p.period_start
  LEFT JOIN users_monthly_2 AS r3 ON r3.period_start = p.period_start
  LEFT JOIN users_monthly_previous_2 AS r4 ON r4.period_start = p.period_start
  LEFT JOIN users_monthly_previous_1_month AS r5 ON r5.period_start = p.period_start
  LEFT JOIN users_monthly_previous_3 AS r6 ON r6.period_start = p.period_start
  LEFT JOIN users_monthly_previous_4 AS r7 ON r7.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CASE
    WHEN CAST(c.signups_youngest AS DATE) + 2 <= DATE '2026-02-11' THEN CAST(
        c.signups_with_logins AS DOUBLE
      )
        / NULLIF(c.signups_entrants, 0)
  END AS day_1,
  CASE
    WHEN CAST(c.signups_youngest_2 AS DATE) + 2 <= DATE '2026-02-11' THEN CAST(
        c.signups_with_logins_2 AS DOUBLE
      )
        / NULLIF(c.signups_entrants_2, 0)
  END AS ever,
  CASE
    WHEN c.period_start >= DATE '2026-02-01' THEN CASE
        WHEN CAST(c.signups_youngest_previous AS DATE) + 2 <= DATE '2026-01-11' THEN CAST(
            c.signups_with_logins_previous AS DOUBLE
          )
            / NULLIF(c.signups_entrants_previous, 0)
      END
    ELSE CASE
      WHEN CAST(c.signups_youngest_previous_2 AS DATE) + 2 <= DATE '2026-02-11' THEN CAST(
          c.signups_with_logins_previous_2 AS DOUBLE
        )
          / NULLIF(c.signups_entrants_previous_2, 0)
    END
  END AS day_1_before,
  CASE
    WHEN c.period_start >= DATE '2026-02-01' THEN CASE
        WHEN CAST(c.signups_youngest_previous_3 AS DATE) + 2 <= DATE '2026-01-11' THEN CAST(
            c.signups_with_logins_previous_3 AS DOUBLE
          )
            / NULLIF(c.signups_entrants_previous_3, 0)
      END
    ELSE CASE
      WHEN CAST(c.signups_youngest_previous_4 AS DATE) + 2 <= DATE '2026-02-11' THEN CAST(
          c.signups_with_logins_previous_4 AS DOUBLE
        )
          / NULLIF(c.signups_entrants_previous_4, 0)
    END
  END AS ever_before,
  CASE
    WHEN CAST(c.signups_youngest_previous_5 AS DATE) + 2 <= DATE '2026-02-11' THEN CAST(
        c.signups_with_logins_previous_5 AS DOUBLE
      )
        / NULLIF(c.signups_entrants_previous_5, 0)
  END AS ever_whole
FROM cells AS c
ORDER BY c.period_start;
