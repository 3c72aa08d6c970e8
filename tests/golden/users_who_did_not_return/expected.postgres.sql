WITH
-- activity by day
activity_atoms AS (
  SELECT
    activity.day AS period_start,
    activity.user_id AS "user",
    count(*) AS logins
  FROM activity
  WHERE activity.day >= DATE '2026-01-01'
    AND activity.day < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- activity: logins, activity_rows by month
activity_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i."user",
    CAST(sum(i.logins) AS BIGINT) AS logins,
    CAST(sum(i.logins) AS BIGINT) AS activity_rows
  FROM activity_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- activity: logins, activity_rows by month, previous
activity_monthly_previous AS (
  SELECT
    w.period_start,
    i."user",
    CAST(sum(i.logins) AS BIGINT) AS logins_previous,
    CAST(sum(i.logins) AS BIGINT) AS activity_rows_previous
  FROM activity_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r."user",
    r.logins,
    CAST(NULL AS BIGINT) AS logins_previous,
    r.activity_rows,
    CAST(NULL AS BIGINT) AS activity_rows_previous
  FROM activity_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r."user",
    CAST(NULL AS BIGINT) AS logins,
    r.logins_previous,
    CAST(NULL AS BIGINT) AS activity_rows,
    r.activity_rows_previous
  FROM activity_monthly_previous AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k."user",
    COALESCE(max(k.logins), 0) AS logins,
    COALESCE(max(k.logins_previous), 0) AS logins_previous,
    COALESCE(max(k.activity_rows), 0) AS activity_rows,
    COALESCE(max(k.activity_rows_previous), 0) AS activity_rows_previous
  FROM stack AS k
  GROUP BY 1, 2
),
-- over each user, those that take part
per_user_result AS (
  SELECT
    c.period_start,
    count(*) AS per_user
  FROM cells AS c
  WHERE (c.activity_rows > 0 OR c.activity_rows_previous > 0) IS TRUE
    AND (c.logins > 0 AND c.logins_previous > 0) IS TRUE
    AND c."user" IS NOT NULL
  GROUP BY 1
),
-- activity by day
activity_atoms_2 AS (
  SELECT
    activity.day AS period_start,
    activity.user_id AS "user",
    count(*) AS logins_previous
  FROM activity
  WHERE activity.day >= DATE '2026-01-01'
    AND activity.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- activity: logins, activity_rows by month, previous
activity_monthly_previous_2 AS (
  SELECT
    w.period_start,
    i."user",
    CAST(sum(i.logins_previous) AS BIGINT) AS logins_previous,
    CAST(sum(i.logins_previous) AS BIGINT) AS activity_rows_previous
  FROM activity_atoms_2 AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r."user",
    r.logins_previous,
    r.activity_rows_previous
  FROM activity_monthly_previous_2 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k."user",
    COALESCE(max(k.logins_previous), 0) AS logins_previous,
    COALESCE(max(k.activity_rows_previous), 0) AS activity_rows_previous
  FROM stack_2 AS k
  GROUP BY 1, 2
),
-- over each user, those that take part
per_user_2_result AS (
  SELECT
    c.period_start,
    count(*) AS per_user_2
  FROM cells_2 AS c
  WHERE (c.activity_rows_previous > 0) IS TRUE
    AND (c.logins_previous > 0) IS TRUE
    AND c."user" IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells_3 AS (
  SELECT
    p.period_start,
    COALESCE(r1.per_user, 0) AS per_user,
    COALESCE(r2.per_user_2, 0) AS per_user_2
  FROM spine AS p
  LEFT JOIN per_user_result AS r1 ON r1.period_start = p.period_start
  LEFT JOIN per_user_2_result AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  1 - CAST(c.per_user AS DOUBLE PRECISION) / NULLIF(c.per_user_2, 0) AS audience_erosion_rate
FROM cells_3 AS c
ORDER BY c.period_start;
