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
-- attempts over all members of course
attempts_total AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(NULL AS VARCHAR) AS course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts_total
  FROM attempts_atoms AS i
  GROUP BY 1
),
-- attempts: each counted value once a month
attempts_entities AS (
  SELECT
    CAST(attempts.day AS DATE) - CAST(day(attempts.day) - 1 AS INTEGER) AS period_start,
    attempts.course,
    attempts.learner AS entity
  FROM attempts
  WHERE attempts.day >= DATE '2026-01-01'
    AND attempts.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- attempts: attempts_learner_count by month
attempts_distinct_monthly AS (
  SELECT
    i.period_start,
    i.course,
    count(i.entity) AS attempts_learner_count
  FROM attempts_entities AS i
  GROUP BY 1, 2
),
-- attempts over all members of course
attempts_total_2 AS (
  SELECT
    i.period_start,
    CAST(NULL AS VARCHAR) AS course,
    count(DISTINCT i.entity) AS attempts_learner_count_total
  FROM attempts_entities AS i
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
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.course,
    max(k.attempts) AS attempts,
    max(k.attempts_learner_count) AS attempts_learner_count
  FROM stack AS k
  GROUP BY 1, 2
),
-- with totals beside their parts, and what no rows mean
cells AS (
  SELECT
    m.period_start,
    m.course,
    COALESCE(m.attempts, 0) AS attempts,
    COALESCE(t1.attempts_total, 0) AS attempts_total,
    COALESCE(m.attempts_learner_count, 0) AS attempts_learner_count,
    COALESCE(t2.attempts_learner_count_total, 0) AS attempts_learner_count_total
  FROM merged AS m
  LEFT JOIN attempts_total AS t1 ON t1.period_start = m.period_start
  LEFT JOIN attempts_total_2 AS t2 ON t2.period_start = m.period_start
),
-- the numbers, and how many of learner stand behind them
counted AS (
  SELECT
    c.period_start,
    c.course,
    c.attempts AS attempts_2,
    CAST(c.attempts AS DOUBLE) / NULLIF(c.attempts_total, 0) AS share,
    NULLIF(c.attempts_learner_count, 0) AS learner_count,
    (c.attempts_learner_count > 0 AND c.attempts_learner_count < 3) IS TRUE AS too_few,
    LEAST(NULLIF(c.attempts_learner_count, 0), NULLIF(c.attempts_learner_count_total, 0)) AS learner_count_2,
    (
      c.attempts_learner_count > 0 AND c.attempts_learner_count < 3
      OR c.attempts_learner_count_total > 0 AND c.attempts_learner_count_total < 3
    ) IS TRUE AS too_few_2
  FROM cells AS c
),
-- where one member alone, and the total tell of it, the next smallest goes, too
suppressed AS (
  SELECT
    c.period_start,
    c.course,
    c.attempts_2,
    c.share,
    c.learner_count,
    c.too_few
    OR NOT c.too_few
    AND c.learner_count IS NOT NULL
    AND count(CASE WHEN c.too_few THEN 1 END) OVER (PARTITION BY c.period_start) = 1
    AND row_number() OVER (
      PARTITION BY c.period_start
      ORDER BY CASE WHEN NOT c.too_few THEN c.learner_count END NULLS LAST, c.course NULLS LAST
    )
      = 1 AS too_few,
    c.learner_count_2,
    c.too_few_2
    OR NOT c.too_few_2
    AND c.learner_count_2 IS NOT NULL
    AND count(CASE WHEN c.too_few_2 THEN 1 END) OVER (PARTITION BY c.period_start) = 1
    AND row_number() OVER (
      PARTITION BY c.period_start
      ORDER BY CASE WHEN NOT c.too_few_2 THEN c.learner_count_2 END NULLS LAST, c.course NULLS LAST
    )
      = 1 AS too_few_2
  FROM counted AS c
)
SELECT
  c.period_start,
  'course' AS slicing,
  'all' AS segment,
  c.course,
  CASE WHEN NOT c.too_few THEN c.attempts_2 END AS attempts,
  CASE WHEN NOT (c.too_few OR c.too_few_2) THEN c.share END AS share,
  c.too_few AS attempts_suppressed,
  c.too_few OR c.too_few_2 AS share_suppressed
FROM suppressed AS c
ORDER BY c.course NULLS LAST, c.period_start;
