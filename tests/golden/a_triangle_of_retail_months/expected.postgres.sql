WITH
-- when each entity enters: its first row
entrants_entries AS (
  SELECT
    q.entity,
    q.kpic_entered,
    q.key_1
  FROM (
    SELECT
      users."user" AS entity,
      users.day AS kpic_entered,
      users.id AS key_1,
      row_number() OVER (PARTITION BY users."user" ORDER BY users.day, users.id) AS kpic_place
    FROM users
    WHERE users."user" IS NOT NULL
      AND users.day IS NOT NULL
      AND users.day < DATE '2023-04-16'
  ) AS q
  WHERE q.kpic_place = 1
),
-- what those who entered did afterwards: purchases
entrants_purchases AS (
  SELECT
    e.entity,
    CASE
      WHEN purchases.day < DATE '2023-01-29' THEN 0
      WHEN purchases.day < DATE '2023-02-26' THEN 1
      WHEN purchases.day < DATE '2023-04-02' THEN 2
      ELSE 3
    END
      - CASE
        WHEN e.kpic_entered < DATE '2023-01-29' THEN 0
        WHEN e.kpic_entered < DATE '2023-02-26' THEN 1
        WHEN e.kpic_entered < DATE '2023-04-02' THEN 2
        ELSE 3
      END AS age,
    count(*) AS kpic_value
  FROM purchases
  JOIN entrants_entries AS e
    ON purchases."user" = e.entity
    AND purchases.day >= e.kpic_entered
  WHERE purchases.day < DATE '2023-04-16'
  GROUP BY 1, 2
),
-- the rows with which entities enter
entrants AS (
  SELECT
    users.*,
    e.kpic_entered,
    v.age AS kpic_age,
    CAST(NULL AS DATE) AS kpic_youngest,
    v.kpic_value
  FROM users
  JOIN entrants_entries AS e ON e.key_1 = users.id
  JOIN entrants_purchases AS v ON v.entity = e.entity
  UNION ALL
  SELECT
    users.*,
    e.kpic_entered,
    CAST(NULL AS BIGINT) AS kpic_age,
    e.kpic_entered AS kpic_youngest,
    CAST(NULL AS BIGINT) AS kpic_value
  FROM users
  JOIN entrants_entries AS e ON e.key_1 = users.id
),
-- users by day
users_atoms AS (
  SELECT
    users.day AS period_start,
    users.kpic_age AS age,
    count(*) FILTER (WHERE users.kpic_value > 0) AS entrants_with_purchases,
    count(*) FILTER (WHERE users.kpic_age IS NULL) AS entrants_entrants,
    max(users.kpic_youngest) AS entrants_is_young
  FROM entrants AS users
  WHERE users.day >= DATE '2023-01-01'
    AND users.day < DATE '2023-04-02'
  GROUP BY 1, 2
),
-- ages in fiscal_months
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
    i.entrants_with_purchases,
    i.entrants_entrants,
    CASE
      WHEN a.age
          >= CASE
            WHEN DATE '2023-04-16' < DATE '2023-01-29' THEN 0
            WHEN DATE '2023-04-16' < DATE '2023-02-26' THEN 1
            WHEN DATE '2023-04-16' < DATE '2023-04-02' THEN 2
            ELSE 3
          END
            - CASE
              WHEN i.entrants_is_young < DATE '2023-01-29' THEN 0
              WHEN i.entrants_is_young < DATE '2023-02-26' THEN 1
              WHEN i.entrants_is_young < DATE '2023-04-02' THEN 2
              ELSE 3
            END THEN 1
      ELSE 0
    END AS entrants_is_young
  FROM users_atoms AS i
  CROSS JOIN ages AS a
  WHERE i.age IS NULL
  UNION ALL
  SELECT
    i.period_start,
    a.age,
    i.entrants_with_purchases,
    i.entrants_entrants,
    CAST(NULL AS BIGINT) AS entrants_is_young
  FROM users_atoms AS i
  JOIN ages AS a ON i.age = a.age
),
-- the time that each period reads: periods
periods AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-01-01', DATE '2023-01-01', DATE '2023-01-29'),
      (DATE '2023-01-29', DATE '2023-01-29', DATE '2023-02-26'),
      (DATE '2023-02-26', DATE '2023-02-26', DATE '2023-04-02')
  ) AS q(period_start, window_start, window_end)
),
-- users: entrants_with_purchases, entrants_entrants, entrants_is_young by fiscal_month
users_monthly AS (
  SELECT
    w.period_start,
    i.age,
    CAST(sum(i.entrants_with_purchases) AS BIGINT) AS entrants_with_purchases,
    CAST(sum(i.entrants_entrants) AS BIGINT) AS entrants_entrants,
    max(i.entrants_is_young) AS entrants_is_young
  FROM users_ages AS i
  JOIN periods AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- what those who entered did afterwards: spent
entrants_spent AS (
  SELECT
    e.entity,
    CASE
      WHEN purchases.day < DATE '2023-01-29' THEN 0
      WHEN purchases.day < DATE '2023-02-26' THEN 1
      WHEN purchases.day < DATE '2023-04-02' THEN 2
      ELSE 3
    END
      - CASE
        WHEN e.kpic_entered < DATE '2023-01-29' THEN 0
        WHEN e.kpic_entered < DATE '2023-02-26' THEN 1
        WHEN e.kpic_entered < DATE '2023-04-02' THEN 2
        ELSE 3
      END AS age,
    sum(purchases.amount) AS kpic_value
  FROM purchases
  JOIN entrants_entries AS e
    ON purchases."user" = e.entity
    AND purchases.day >= e.kpic_entered
  WHERE purchases.day < DATE '2023-04-16'
  GROUP BY 1, 2
),
-- the rows with which entities enter
entrants_2 AS (
  SELECT
    users.*,
    e.kpic_entered,
    v.age AS kpic_age,
    CAST(NULL AS DATE) AS kpic_youngest,
    v.kpic_value
  FROM users
  JOIN entrants_entries AS e ON e.key_1 = users.id
  JOIN entrants_spent AS v ON v.entity = e.entity
  UNION ALL
  SELECT
    users.*,
    e.kpic_entered,
    CAST(NULL AS BIGINT) AS kpic_age,
    e.kpic_entered AS kpic_youngest,
    CAST(NULL AS BIGINT) AS kpic_value
  FROM users
  JOIN entrants_entries AS e ON e.key_1 = users.id
),
-- users by day
users_atoms_2 AS (
  SELECT
    users.day AS period_start,
    users.kpic_age AS age,
    sum(users.kpic_value) AS entrants_spent,
    count(*) FILTER (WHERE users.kpic_age IS NULL) AS entrants_entrants_2,
    max(users.kpic_youngest) AS entrants_is_young_2
  FROM entrants_2 AS users
  WHERE users.day >= DATE '2023-01-01'
    AND users.day < DATE '2023-04-02'
  GROUP BY 1, 2
),
-- users: at each age
users_ages_2 AS (
  SELECT
    i.period_start,
    a.age,
    i.entrants_spent,
    i.entrants_entrants_2,
    CASE
      WHEN a.age
          >= CASE
            WHEN DATE '2023-04-16' < DATE '2023-01-29' THEN 0
            WHEN DATE '2023-04-16' < DATE '2023-02-26' THEN 1
            WHEN DATE '2023-04-16' < DATE '2023-04-02' THEN 2
            ELSE 3
          END
            - CASE
              WHEN i.entrants_is_young_2 < DATE '2023-01-29' THEN 0
              WHEN i.entrants_is_young_2 < DATE '2023-02-26' THEN 1
              WHEN i.entrants_is_young_2 < DATE '2023-04-02' THEN 2
              ELSE 3
            END THEN 1
      ELSE 0
    END AS entrants_is_young_2
  FROM users_atoms_2 AS i
  CROSS JOIN ages AS a
  WHERE i.age IS NULL
  UNION ALL
  SELECT
    i.period_start,
    a.age,
    i.entrants_spent,
    i.entrants_entrants_2,
    CAST(NULL AS BIGINT) AS entrants_is_young_2
  FROM users_atoms_2 AS i
  JOIN ages AS a ON i.age <= a.age
),
-- users: entrants_spent, entrants_entrants, entrants_is_young by fiscal_month
users_monthly_2 AS (
  SELECT
    w.period_start,
    i.age,
    sum(i.entrants_spent) AS entrants_spent,
    CAST(sum(i.entrants_entrants_2) AS BIGINT) AS entrants_entrants_2,
    max(i.entrants_is_young_2) AS entrants_is_young_2
  FROM users_ages_2 AS i
  JOIN periods AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- what those who entered did afterwards: purchases
entrants_purchases_2 AS (
  SELECT
    e.entity,
    CASE
      WHEN purchases.day < DATE '2023-01-01' THEN 0
      WHEN purchases.day < DATE '2023-01-29' THEN 1
      WHEN purchases.day < DATE '2023-02-26' THEN 2
      WHEN purchases.day < DATE '2023-04-02' THEN 3
      ELSE 4
    END
      - CASE
        WHEN e.kpic_entered < DATE '2023-01-01' THEN 0
        WHEN e.kpic_entered < DATE '2023-01-29' THEN 1
        WHEN e.kpic_entered < DATE '2023-02-26' THEN 2
        WHEN e.kpic_entered < DATE '2023-04-02' THEN 3
        ELSE 4
      END AS age,
    count(*) AS kpic_value
  FROM purchases
  JOIN entrants_entries AS e
    ON purchases."user" = e.entity
    AND purchases.day >= e.kpic_entered
  WHERE purchases.day < DATE '2023-04-16'
  GROUP BY 1, 2
),
-- the rows with which entities enter
entrants_3 AS (
  SELECT
    users.*,
    e.kpic_entered,
    v.age AS kpic_age,
    CAST(NULL AS DATE) AS kpic_youngest,
    v.kpic_value
  FROM users
  JOIN entrants_entries AS e ON e.key_1 = users.id
  JOIN entrants_purchases_2 AS v ON v.entity = e.entity
  UNION ALL
  SELECT
    users.*,
    e.kpic_entered,
    CAST(NULL AS BIGINT) AS kpic_age,
    e.kpic_entered AS kpic_youngest,
    CAST(NULL AS BIGINT) AS kpic_value
  FROM users
  JOIN entrants_entries AS e ON e.key_1 = users.id
),
-- users by day
users_atoms_3 AS (
  SELECT
    users.day AS period_start,
    users.kpic_age AS age,
    count(*) FILTER (WHERE users.kpic_value > 0) AS entrants_with_purchases_previous,
    count(*) FILTER (WHERE users.kpic_age IS NULL) AS entrants_entrants_previous,
    max(users.kpic_youngest) AS entrants_is_young_previous
  FROM entrants_3 AS users
  WHERE users.day >= DATE '2022-11-27'
    AND users.day < DATE '2023-02-26'
  GROUP BY 1, 2
),
-- users: at each age
users_ages_3 AS (
  SELECT
    i.period_start,
    a.age,
    i.entrants_with_purchases_previous,
    i.entrants_entrants_previous,
    CASE
      WHEN a.age
          >= CASE
            WHEN DATE '2023-04-16' < DATE '2023-01-01' THEN 0
            WHEN DATE '2023-04-16' < DATE '2023-01-29' THEN 1
            WHEN DATE '2023-04-16' < DATE '2023-02-26' THEN 2
            WHEN DATE '2023-04-16' < DATE '2023-04-02' THEN 3
            ELSE 4
          END
            - CASE
              WHEN i.entrants_is_young_previous < DATE '2023-01-01' THEN 0
              WHEN i.entrants_is_young_previous < DATE '2023-01-29' THEN 1
              WHEN i.entrants_is_young_previous < DATE '2023-02-26' THEN 2
              WHEN i.entrants_is_young_previous < DATE '2023-04-02' THEN 3
              ELSE 4
            END THEN 1
      ELSE 0
    END AS entrants_is_young_previous
  FROM users_atoms_3 AS i
  CROSS JOIN ages AS a
  WHERE i.age IS NULL
  UNION ALL
  SELECT
    i.period_start,
    a.age,
    i.entrants_with_purchases_previous,
    i.entrants_entrants_previous,
    CAST(NULL AS BIGINT) AS entrants_is_young_previous
  FROM users_atoms_3 AS i
  JOIN ages AS a ON i.age = a.age
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-01-01', DATE '2022-11-27', DATE '2023-01-01'),
      (DATE '2023-01-29', DATE '2023-01-01', DATE '2023-01-29'),
      (DATE '2023-02-26', DATE '2023-01-29', DATE '2023-02-26')
  ) AS q(period_start, window_start, window_end)
),
-- users: entrants_with_purchases, entrants_entrants, entrants_is_young by fiscal_month, previous
users_monthly_previous AS (
  SELECT
    w.period_start,
    i.age,
    CAST(sum(i.entrants_with_purchases_previous) AS BIGINT) AS entrants_with_purchases_previous,
    CAST(sum(i.entrants_entrants_previous) AS BIGINT) AS entrants_entrants_previous,
    max(i.entrants_is_young_previous) AS entrants_is_young_previous
  FROM users_ages_3 AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-01-01'),
      (DATE '2023-01-29'),
      (DATE '2023-02-26')
  ) AS q(period_start)
),
-- the members that occur
members AS (
  SELECT
    i.age
  FROM users_ages AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.age
  FROM users_ages_2 AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.age
  FROM users_ages_3 AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.age,
    r.entrants_with_purchases,
    r.entrants_entrants,
    r.entrants_is_young,
    CAST(NULL AS BIGINT) AS entrants_spent,
    CAST(NULL AS BIGINT) AS entrants_entrants_2,
    CAST(NULL AS BIGINT) AS entrants_is_young_2,
    CAST(NULL AS BIGINT) AS entrants_with_purchases_previous,
    CAST(NULL AS BIGINT) AS entrants_entrants_previous,
    CAST(NULL AS BIGINT) AS entrants_is_young_previous
  FROM users_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.age,
    CAST(NULL AS BIGINT) AS entrants_with_purchases,
    CAST(NULL AS BIGINT) AS entrants_entrants,
    CAST(NULL AS BIGINT) AS entrants_is_young,
    r.entrants_spent,
    r.entrants_entrants_2,
    r.entrants_is_young_2,
    CAST(NULL AS BIGINT) AS entrants_with_purchases_previous,
    CAST(NULL AS BIGINT) AS entrants_entrants_previous,
    CAST(NULL AS BIGINT) AS entrants_is_young_previous
  FROM users_monthly_2 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.age,
    CAST(NULL AS BIGINT) AS entrants_with_purchases,
    CAST(NULL AS BIGINT) AS entrants_entrants,
    CAST(NULL AS BIGINT) AS entrants_is_young,
    CAST(NULL AS BIGINT) AS entrants_spent,
    CAST(NULL AS BIGINT) AS entrants_entrants_2,
    CAST(NULL AS BIGINT) AS entrants_is_young_2,
    r.entrants_with_purchases_previous,
    r.entrants_entrants_previous,
    r.entrants_is_young_previous
  FROM users_monthly_previous AS r
  UNION ALL
  SELECT
    p.period_start,
    m.age,
    CAST(NULL AS BIGINT) AS entrants_with_purchases,
    CAST(NULL AS BIGINT) AS entrants_entrants,
    CAST(NULL AS BIGINT) AS entrants_is_young,
    CAST(NULL AS BIGINT) AS entrants_spent,
    CAST(NULL AS BIGINT) AS entrants_entrants_2,
    CAST(NULL AS BIGINT) AS entrants_is_young_2,
    CAST(NULL AS BIGINT) AS entrants_with_purchases_previous,
    CAST(NULL AS BIGINT) AS entrants_entrants_previous,
    CAST(NULL AS BIGINT) AS entrants_is_young_previous
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.age,
    COALESCE(max(k.entrants_with_purchases), 0) AS entrants_with_purchases,
    COALESCE(max(k.entrants_entrants), 0) AS entrants_entrants,
    max(k.entrants_is_young) AS entrants_is_young,
    COALESCE(max(k.entrants_spent), 0) AS entrants_spent,
    COALESCE(max(k.entrants_entrants_2), 0) AS entrants_entrants_2,
    max(k.entrants_is_young_2) AS entrants_is_young_2,
    COALESCE(max(k.entrants_with_purchases_previous), 0) AS entrants_with_purchases_previous,
    COALESCE(max(k.entrants_entrants_previous), 0) AS entrants_entrants_previous,
    max(k.entrants_is_young_previous) AS entrants_is_young_previous
  FROM stack AS k
  GROUP BY 1, 2
)
SELECT
  c.period_start,
  'age' AS slicing,
  'all' AS segment,
  c.age,
  CASE
    WHEN c.entrants_is_young = 0 THEN CAST(c.entrants_with_purchases AS DOUBLE PRECISION)
        / NULLIF(c.entrants_entrants, 0)
  END AS back,
  CASE
    WHEN c.entrants_is_young_2 = 0 THEN CAST(c.entrants_spent AS DOUBLE PRECISION)
        / NULLIF(c.entrants_entrants_2, 0)
  END AS worth,
  CASE
    WHEN c.entrants_is_young_previous = 0 THEN CAST(
        c.entrants_with_purchases_previous AS DOUBLE PRECISION
      )
        / NULLIF(c.entrants_entrants_previous, 0)
  END AS back_before
FROM cells AS c
ORDER BY c.age NULLS LAST, c.period_start;
