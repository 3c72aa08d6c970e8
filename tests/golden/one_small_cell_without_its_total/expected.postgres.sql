WITH
-- attempts by day
attempts_atoms AS (
  SELECT
    attempts.day AS period_start,
    attempts.course,
    count(*) AS attempts
  FROM attempts
  WHERE attempts.day >= DATE '2026-01-01'
    AND attempts.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- attempts: attempts by month
attempts_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts
  FROM attempts_atoms AS i
  GROUP BY 1, 2
),
-- attempts: attempts_learner_count by month
attempts_distinct_monthly AS (
  SELECT
    CAST(date_trunc('month', attempts.day) AS DATE) AS period_start,
    attempts.course,
    count(DISTINCT attempts.learner) AS attempts_learner_count
  FROM attempts
  WHERE attempts.day >= DATE '2026-01-01'
    AND attempts.day < DATE '2026-02-01'
  GROUP BY 1, 2
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
    i.course
  FROM attempts_atoms AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.course,
    r.attempts,
    CAST(NULL AS BIGINT) AS attempts_learner_count
  FROM attempts_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.course,
    CAST(NULL AS BIGINT) AS attempts,
    r.attempts_learner_count
  FROM attempts_distinct_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.course,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_learner_count
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.course,
    COALESCE(max(k.attempts), 0) AS attempts,
    COALESCE(max(k.attempts_learner_count), 0) AS attempts_learner_count
  FROM stack AS k
  GROUP BY 1, 2
),
-- the numbers, and how many of learner stand behind them
counted AS (
  SELECT
    c.period_start,
    c.course,
    c.attempts AS attempts_2,
    NULLIF(c.attempts_learner_count, 0) AS learner_count,
    (c.attempts_learner_count > 0 AND c.attempts_learner_count < 3) IS TRUE AS too_few
  FROM cells AS c
)
SELECT
  c.period_start,
  'course' AS slicing,
  'all' AS segment,
  c.course,
  CASE WHEN NOT c.too_few THEN c.attempts_2 END AS attempts,
  c.too_few AS attempts_suppressed
FROM counted AS c
ORDER BY c.course NULLS LAST, c.period_start;
