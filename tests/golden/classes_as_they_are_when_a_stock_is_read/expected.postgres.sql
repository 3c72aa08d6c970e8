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
-- subscriptions by month
subscriptions_atoms AS (
  SELECT
    w.period_start,
    version.class,
    count(*) AS subs
  FROM subscriptions
  JOIN at_end AS w
    ON subscriptions.starts < w.window_end
    AND (subscriptions.ends IS NULL OR subscriptions.ends >= w.window_end)
  LEFT JOIN classes AS version
    ON version.customer_id = subscriptions.customer_id
    AND w.window_end > version.valid_from
    AND (version.valid_until IS NULL OR w.window_end <= version.valid_until)
  GROUP BY 1, 2
),
-- subscriptions: subs by month, at end
subscriptions_monthly_at_end AS (
  SELECT
    i.period_start,
    'class' AS slicing,
    i.class,
    CAST(sum(i.subs) AS BIGINT) AS subs
  FROM subscriptions_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS class,
    CAST(sum(i.subs) AS BIGINT) AS subs
  FROM subscriptions_atoms AS i
  GROUP BY 1
),
-- the ends of each period's days
average AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-02', 31),
      (DATE '2026-01-01', DATE '2026-01-03', 31),
      (DATE '2026-01-01', DATE '2026-01-04', 31),
      (DATE '2026-01-01', DATE '2026-01-05', 31),
      (DATE '2026-01-01', DATE '2026-01-06', 31),
      (DATE '2026-01-01', DATE '2026-01-07', 31),
      (DATE '2026-01-01', DATE '2026-01-08', 31),
      (DATE '2026-01-01', DATE '2026-01-09', 31),
      (DATE '2026-01-01', DATE '2026-01-10', 31),
      (DATE '2026-01-01', DATE '2026-01-11', 31),
      (DATE '2026-01-01', DATE '2026-01-12', 31),
      (DATE '2026-01-01', DATE '2026-01-13', 31),
      (DATE '2026-01-01', DATE '2026-01-14', 31),
      (DATE '2026-01-01', DATE '2026-01-15', 31),
      (DATE '2026-01-01', DATE '2026-01-16', 31),
      (DATE '2026-01-01', DATE '2026-01-17', 31),
      (DATE '2026-01-01', DATE '2026-01-18', 31),
      (DATE '2026-01-01', DATE '2026-01-19', 31),
      (DATE '2026-01-01', DATE '2026-01-20', 31),
      (DATE '2026-01-01', DATE '2026-01-21', 31),
      (DATE '2026-01-01', DATE '2026-01-22', 31),
      (DATE '2026-01-01', DATE '2026-01-23', 31),
      (DATE '2026-01-01', DATE '2026-01-24', 31),
      (DATE '2026-01-01', DATE '2026-01-25', 31),
      (DATE '2026-01-01', DATE '2026-01-26', 31),
      (DATE '2026-01-01', DATE '2026-01-27', 31),
      (DATE '2026-01-01', DATE '2026-01-28', 31),
      (DATE '2026-01-01', DATE '2026-01-29', 31),
      (DATE '2026-01-01', DATE '2026-01-30', 31),
      (DATE '2026-01-01', DATE '2026-01-31', 31),
      (DATE '2026-01-01', DATE '2026-02-01', 31),
      (DATE '2026-02-01', DATE '2026-02-02', 28),
      (DATE '2026-02-01', DATE '2026-02-03', 28),
      (DATE '2026-02-01', DATE '2026-02-04', 28),
      (DATE '2026-02-01', DATE '2026-02-05', 28),
      (DATE '2026-02-01', DATE '2026-02-06', 28),
      (DATE '2026-02-01', DATE '2026-02-07', 28),
      (DATE '2026-02-01', DATE '2026-02-08', 28),
      (DATE '2026-02-01', DATE '2026-02-09', 28),
      (DATE '2026-02-01', DATE '2026-02-10', 28),
      (DATE '2026-02-01', DATE '2026-02-11', 28),
      (DATE '2026-02-01', DATE '2026-02-12', 28),
      (DATE '2026-02-01', DATE '2026-02-13', 28),
      (DATE '2026-02-01', DATE '2026-02-14', 28),
      (DATE '2026-02-01', DATE '2026-02-15', 28),
      (DATE '2026-02-01', DATE '2026-02-16', 28),
      (DATE '2026-02-01', DATE '2026-02-17', 28),
      (DATE '2026-02-01', DATE '2026-02-18', 28),
      (DATE '2026-02-01', DATE '2026-02-19', 28),
      (DATE '2026-02-01', DATE '2026-02-20', 28),
      (DATE '2026-02-01', DATE '2026-02-21', 28),
      (DATE '2026-02-01', DATE '2026-02-22', 28),
      (DATE '2026-02-01', DATE '2026-02-23', 28),
      (DATE '2026-02-01', DATE '2026-02-24', 28),
      (DATE '2026-02-01', DATE '2026-02-25', 28),
      (DATE '2026-02-01', DATE '2026-02-26', 28),
      (DATE '2026-02-01', DATE '2026-02-27', 28),
      (DATE '2026-02-01', DATE '2026-02-28', 28),
      (DATE '2026-02-01', DATE '2026-03-01', 28)
  ) AS q(period_start, window_end, days)
),
-- subscriptions by month
subscriptions_atoms_2 AS (
  SELECT
    w.period_start,
    version.class,
    w.window_end AS day,
    w.days,
    count(*) AS subs_average
  FROM subscriptions
  JOIN average AS w
    ON subscriptions.starts < w.window_end
    AND (subscriptions.ends IS NULL OR subscriptions.ends >= w.window_end)
  LEFT JOIN classes AS version
    ON version.customer_id = subscriptions.customer_id
    AND w.window_end > version.valid_from
    AND (version.valid_until IS NULL OR w.window_end <= version.valid_until)
  GROUP BY 1, 2, 3, 4
),
-- subscriptions: subs by month, average
subscriptions_monthly_average AS (
  SELECT
    i.period_start,
    'class' AS slicing,
    i.class,
    CAST(sum(i.subs_average) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS subs_average
  FROM subscriptions_atoms_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS class,
    CAST(sum(i.subs_average) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS subs_average
  FROM subscriptions_atoms_2 AS i
  GROUP BY 1
),
-- the instant at which each period ends
at_end_2 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- levels: the snapshot that stands for each instant
levels_snapshots AS (
  SELECT
    w.period_start,
    w.window_end,
    max(levels.day) AS taken
  FROM levels
  JOIN at_end_2 AS w
    ON levels.day >= w.window_start
    AND levels.day < w.window_end
  GROUP BY 1, 2
),
-- levels by month
levels_atoms AS (
  SELECT
    d.period_start,
    version.class,
    sum(levels.qty) AS on_hand
  FROM levels
  JOIN levels_snapshots AS d ON levels.day = d.taken
  LEFT JOIN shelves AS version
    ON version.sku = levels.sku
    AND d.window_end > CAST(version.valid_from AS DATE)
    AND (version.valid_until IS NULL OR d.window_end <= CAST(version.valid_until AS DATE))
  GROUP BY 1, 2
),
-- levels: on_hand by month, at end
levels_monthly_at_end AS (
  SELECT
    i.period_start,
    'class' AS slicing,
    i.class,
    sum(i.on_hand) AS on_hand
  FROM levels_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS class,
    sum(i.on_hand) AS on_hand
  FROM levels_atoms AS i
  GROUP BY 1
),
-- people by month
people_atoms AS (
  SELECT
    w.period_start,
    team.class,
    count(*) AS staff
  FROM people
  CROSS JOIN at_end AS w
  LEFT JOIN teams AS team
    ON team.name = people.name
    AND w.window_end > team.valid_from
    AND (team.valid_until IS NULL OR w.window_end <= team.valid_until)
  GROUP BY 1, 2
),
-- people: staff by month, at end
people_monthly_at_end AS (
  SELECT
    i.period_start,
    'class' AS slicing,
    i.class,
    CAST(sum(i.staff) AS BIGINT) AS staff
  FROM people_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS class,
    CAST(sum(i.staff) AS BIGINT) AS staff
  FROM people_atoms AS i
  GROUP BY 1
),
-- people by month
people_atoms_2 AS (
  SELECT
    w.period_start,
    team.class,
    w.window_end AS day,
    w.days,
    count(*) AS staff_average
  FROM people
  CROSS JOIN average AS w
  LEFT JOIN teams AS team
    ON team.name = people.name
    AND w.window_end > team.valid_from
    AND (team.valid_until IS NULL OR w.window_end <= team.valid_until)
  GROUP BY 1, 2, 3, 4
),
-- people: staff by month, average
people_monthly_average AS (
  SELECT
    i.period_start,
    'class' AS slicing,
    i.class,
    CAST(sum(i.staff_average) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS staff_average
  FROM people_atoms_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS class,
    CAST(sum(i.staff_average) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS staff_average
  FROM people_atoms_2 AS i
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
    'class' AS slicing,
    i.class
  FROM subscriptions_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'class' AS slicing,
    i.class
  FROM subscriptions_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'class' AS slicing,
    i.class
  FROM levels_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'class' AS slicing,
    i.class
  FROM people_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'class' AS slicing,
    i.class
  FROM people_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS class
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.class,
    r.subs,
    CAST(NULL AS BIGINT) AS subs_average,
    CAST(NULL AS BIGINT) AS on_hand,
    CAST(NULL AS BIGINT) AS staff,
    CAST(NULL AS BIGINT) AS staff_average,
    CAST(NULL AS BOOLEAN) AS is_known_1
  FROM subscriptions_monthly_at_end AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.class,
    CAST(NULL AS BIGINT) AS subs,
    r.subs_average,
    CAST(NULL AS BIGINT) AS on_hand,
    CAST(NULL AS BIGINT) AS staff,
    CAST(NULL AS BIGINT) AS staff_average,
    CAST(NULL AS BOOLEAN) AS is_known_1
  FROM subscriptions_monthly_average AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.class,
    CAST(NULL AS BIGINT) AS subs,
    CAST(NULL AS BIGINT) AS subs_average,
    r.on_hand,
    CAST(NULL AS BIGINT) AS staff,
    CAST(NULL AS BIGINT) AS staff_average,
    CAST(NULL AS BOOLEAN) AS is_known_1
  FROM levels_monthly_at_end AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.class,
    CAST(NULL AS BIGINT) AS subs,
    CAST(NULL AS BIGINT) AS subs_average,
    CAST(NULL AS BIGINT) AS on_hand,
    r.staff,
    CAST(NULL AS BIGINT) AS staff_average,
    CAST(NULL AS BOOLEAN) AS is_known_1
  FROM people_monthly_at_end AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.class,
    CAST(NULL AS BIGINT) AS subs,
    CAST(NULL AS BIGINT) AS subs_average,
    CAST(NULL AS BIGINT) AS on_hand,
    CAST(NULL AS BIGINT) AS staff,
    r.staff_average,
    CAST(NULL AS BOOLEAN) AS is_known_1
  FROM people_monthly_average AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.class,
    CAST(NULL AS BIGINT) AS subs,
    CAST(NULL AS BIGINT) AS subs_average,
    CAST(NULL AS BIGINT) AS on_hand,
    CAST(NULL AS BIGINT) AS staff,
    CAST(NULL AS BIGINT) AS staff_average,
    d1.period_start IS NOT NULL AS is_known_1
  FROM spine AS p
  CROSS JOIN members AS m
  LEFT JOIN levels_snapshots AS d1 ON d1.period_start = p.period_start
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.class,
    COALESCE(max(k.subs), 0) AS subs,
    COALESCE(max(k.subs_average), 0) AS subs_average,
    COALESCE(max(k.on_hand), CASE WHEN bool_or(k.is_known_1) THEN 0 END) AS on_hand,
    COALESCE(max(k.staff), 0) AS staff,
    COALESCE(max(k.staff_average), 0) AS staff_average
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.class,
  c.subs AS subs_end,
  c.subs_average,
  c.on_hand AS stock_end,
  c.staff AS staff_end,
  c.staff_average
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'class' THEN 1 END,
  c.class NULLS LAST,
  c.period_start;
