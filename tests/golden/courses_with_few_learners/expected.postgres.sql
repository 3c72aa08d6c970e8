WITH
-- attempts by day
attempts_atoms AS (
  SELECT
    attempts.day AS period_start,
    attempts.course,
    count(*) AS attempts,
    count(*) FILTER (WHERE attempts.passed = 1) AS passed
  FROM attempts
  WHERE attempts.day >= DATE '2026-01-01'
    AND attempts.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- attempts: attempts, passed by month
attempts_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'course' AS slicing,
    i.course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts,
    CAST(sum(i.passed) AS BIGINT) AS passed
  FROM attempts_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts,
    CAST(sum(i.passed) AS BIGINT) AS passed
  FROM attempts_atoms AS i
  GROUP BY 1
),
-- rooms by day
rooms_atoms AS (
  SELECT
    rooms.day AS period_start,
    rooms.course,
    sum(rooms.rent) AS rent
  FROM rooms
  WHERE rooms.day >= DATE '2026-01-01'
    AND rooms.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- rooms: rent by month
rooms_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'course' AS slicing,
    i.course,
    sum(i.rent) AS rent
  FROM rooms_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS course,
    sum(i.rent) AS rent
  FROM rooms_atoms AS i
  GROUP BY 1
),
-- attempts: each counted value once a month
attempts_entities AS (
  SELECT
    CAST(date_trunc('month', attempts.day) AS DATE) AS period_start,
    attempts.course,
    attempts.learner AS entity,
    bool_or(attempts.passed = 1) AS passed_learner_count_counts
  FROM attempts
  WHERE attempts.day >= DATE '2026-01-01'
    AND attempts.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- attempts: attempts_learner_count, passed_learner_count by month
attempts_distinct_monthly AS (
  SELECT
    i.period_start,
    'course' AS slicing,
    i.course,
    count(i.entity) AS attempts_learner_count,
    count(i.entity) FILTER (WHERE i.passed_learner_count_counts) AS passed_learner_count
  FROM attempts_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS course,
    count(DISTINCT i.entity) AS attempts_learner_count,
    count(DISTINCT i.entity) FILTER (WHERE i.passed_learner_count_counts) AS passed_learner_count
  FROM attempts_entities AS i
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
    'course' AS slicing,
    i.course
  FROM attempts_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'course' AS slicing,
    i.course
  FROM rooms_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS course
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.course,
    r.attempts,
    r.passed,
    CAST(NULL AS BIGINT) AS rent,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS passed_learner_count
  FROM attempts_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.course,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS passed,
    r.rent,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS passed_learner_count
  FROM rooms_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.course,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS passed,
    CAST(NULL AS BIGINT) AS rent,
    r.attempts_learner_count,
    r.passed_learner_count
  FROM attempts_distinct_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.course,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS passed,
    CAST(NULL AS BIGINT) AS rent,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS passed_learner_count
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.course,
    COALESCE(max(k.attempts), 0) AS attempts,
    COALESCE(max(k.passed), 0) AS passed,
    COALESCE(max(k.rent), 0) AS rent,
    COALESCE(max(k.attempts_learner_count), 0) AS attempts_learner_count,
    COALESCE(max(k.passed_learner_count), 0) AS passed_learner_count
  FROM stack AS k
  GROUP BY 1, 2, 3
),
-- the numbers, and how many of learner stand behind them
counted AS (
  SELECT
    c.period_start,
    c.slicing,
    c.course,
    c.attempts AS attempts_2,
    CAST(c.passed AS DOUBLE PRECISION) / NULLIF(c.attempts, 0) AS pass_rate,
    c.rent AS rent_2,
    NULLIF(c.attempts_learner_count, 0) AS learner_count,
    (c.attempts_learner_count > 0 AND c.attempts_learner_count < 3) IS TRUE AS too_few,
    LEAST(NULLIF(c.attempts_learner_count, 0), NULLIF(c.passed_learner_count, 0)) AS learner_count_2,
    (
      c.attempts_learner_count > 0 AND c.attempts_learner_count < 3
      OR c.passed_learner_count > 0 AND c.passed_learner_count < 3
    ) IS TRUE AS too_few_2
  FROM cells AS c
),
-- where one member alone, and the total tell of it, the next smallest goes, too
suppressed AS (
  SELECT
    c.period_start,
    c.slicing,
    c.course,
    c.attempts_2,
    c.pass_rate,
    c.rent_2,
    c.learner_count,
    c.too_few
    OR c.slicing = 'course'
    AND NOT c.too_few
    AND c.learner_count IS NOT NULL
    AND count(CASE WHEN c.too_few THEN 1 END) OVER (PARTITION BY c.period_start, c.slicing) = 1
    AND row_number() OVER (
      PARTITION BY c.period_start, c.slicing
      ORDER BY CASE WHEN NOT c.too_few THEN c.learner_count END NULLS LAST, c.course NULLS LAST
    )
      = 1 AS too_few,
    c.learner_count_2,
    c.too_few_2
    OR c.slicing = 'course'
    AND NOT c.too_few_2
    AND c.learner_count_2 IS NOT NULL
    AND count(CASE WHEN c.too_few_2 THEN 1 END) OVER (PARTITION BY c.period_start, c.slicing) = 1
    AND row_number() OVER (
      PARTITION BY c.period_start, c.slicing
      ORDER BY CASE WHEN NOT c.too_few_2 THEN c.learner_count_2 END NULLS LAST, c.course NULLS LAST
    )
      = 1 AS too_few_2
  FROM counted AS c
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.course,
  CASE WHEN NOT c.too_few THEN c.attempts_2 END AS attempts,
  CASE WHEN NOT (c.too_few OR c.too_few_2) THEN c.pass_rate END AS pass_rate,
  c.rent_2 AS rent,
  c.too_few AS attempts_suppressed,
  c.too_few OR c.too_few_2 AS pass_rate_suppressed,
  FALSE AS rent_suppressed
FROM suppressed AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'course' THEN 1 END,
  c.course NULLS LAST,
  c.period_start;
