WITH
-- attempts by day
attempts_atoms AS (
  SELECT
    attempts.day AS period_start,
    attempts.course,
    attempts.device,
    count(*) AS attempts
  FROM attempts
  WHERE attempts.day >= DATE '2026-01-01'
    AND attempts.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- attempts: attempts by month
attempts_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'course,device' AS slicing,
    i.course,
    i.device,
    CAST(sum(i.attempts) AS BIGINT) AS attempts
  FROM attempts_atoms AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'course' AS slicing,
    i.course,
    NULL AS device,
    CAST(sum(i.attempts) AS BIGINT) AS attempts
  FROM attempts_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    NULL AS course,
    i.device,
    CAST(sum(i.attempts) AS BIGINT) AS attempts
  FROM attempts_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS course,
    NULL AS device,
    CAST(sum(i.attempts) AS BIGINT) AS attempts
  FROM attempts_atoms AS i
  GROUP BY 1
),
-- attempts: each counted value once a month
attempts_entities AS (
  SELECT
    CAST(date_trunc('month', attempts.day) AS DATE) AS period_start,
    attempts.course,
    attempts.device,
    attempts.learner AS entity
  FROM attempts
  WHERE attempts.day >= DATE '2026-01-01'
    AND attempts.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3, 4
),
-- attempts: attempts_learner_count by month
attempts_distinct_monthly AS (
  SELECT
    i.period_start,
    'course,device' AS slicing,
    i.course,
    i.device,
    count(i.entity) AS attempts_learner_count
  FROM attempts_entities AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    i.period_start,
    'course' AS slicing,
    i.course,
    NULL AS device,
    count(DISTINCT i.entity) AS attempts_learner_count
  FROM attempts_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'device' AS slicing,
    NULL AS course,
    i.device,
    count(DISTINCT i.entity) AS attempts_learner_count
  FROM attempts_entities AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS course,
    NULL AS device,
    count(DISTINCT i.entity) AS attempts_learner_count
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
    'course,device' AS slicing,
    i.course,
    i.device
  FROM attempts_atoms AS i
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'course' AS slicing,
    i.course,
    NULL AS device
  FROM attempts_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'device' AS slicing,
    NULL AS course,
    i.device
  FROM attempts_atoms AS i
  GROUP BY 3
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS course,
    NULL AS device
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.course,
    r.device,
    r.attempts,
    CAST(NULL AS BIGINT) AS attempts_learner_count
  FROM attempts_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.course,
    r.device,
    CAST(NULL AS BIGINT) AS attempts,
    r.attempts_learner_count
  FROM attempts_distinct_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.course,
    m.device,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_learner_count
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.course,
    k.device,
    COALESCE(max(k.attempts), 0) AS attempts,
    COALESCE(max(k.attempts_learner_count), 0) AS attempts_learner_count
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
),
-- the numbers, and how many of learner stand behind them
counted AS (
  SELECT
    c.period_start,
    c.slicing,
    c.course,
    c.device,
    c.attempts AS attempts_2,
    NULLIF(c.attempts_learner_count, 0) AS learner_count,
    (c.attempts_learner_count > 0 AND c.attempts_learner_count < 3) IS TRUE AS too_few
  FROM cells AS c
),
-- where one member alone, and the total tell of it, the next smallest goes, too
suppressed AS (
  SELECT
    c.period_start,
    c.slicing,
    c.course,
    c.device,
    c.attempts_2,
    c.learner_count,
    c.too_few
    OR c.slicing = 'course,device'
    AND NOT c.too_few
    AND c.learner_count IS NOT NULL
    AND count(CASE WHEN c.too_few THEN 1 END) OVER (PARTITION BY c.period_start, c.slicing) = 1
    AND row_number() OVER (
      PARTITION BY c.period_start, c.slicing
      ORDER BY CASE WHEN NOT c.too_few THEN c.learner_count END NULLS LAST, c.course NULLS LAST, c.device NULLS LAST
    )
      = 1 AS too_few
  FROM counted AS c
),
-- where one member alone, and the total tell of it, the next smallest goes, too
suppressed_2 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.course,
    c.device,
    c.attempts_2,
    c.learner_count,
    c.too_few
    OR c.slicing = 'course,device'
    AND NOT c.too_few
    AND c.learner_count IS NOT NULL
    AND count(CASE WHEN c.too_few THEN 1 END) OVER (
      PARTITION BY c.period_start, c.slicing, c.course
    )
      = 1
    AND row_number() OVER (
      PARTITION BY c.period_start, c.slicing, c.course
      ORDER BY CASE WHEN NOT c.too_few THEN c.learner_count END NULLS LAST, c.course NULLS LAST, c.device NULLS LAST
    )
      = 1 AS too_few
  FROM suppressed AS c
),
-- where one member alone, and the total tell of it, the next smallest goes, too
suppressed_3 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.course,
    c.device,
    c.attempts_2,
    c.learner_count,
    c.too_few
    OR c.slicing = 'course,device'
    AND NOT c.too_few
    AND c.learner_count IS NOT NULL
    AND count(CASE WHEN c.too_few THEN 1 END) OVER (
      PARTITION BY c.period_start, c.slicing, c.device
    )
      = 1
    AND row_number() OVER (
      PARTITION BY c.period_start, c.slicing, c.device
      ORDER BY CASE WHEN NOT c.too_few THEN c.learner_count END NULLS LAST, c.course NULLS LAST, c.device NULLS LAST
    )
      = 1 AS too_few
  FROM suppressed_2 AS c
),
-- where one number alone is suppressed
alone AS (
  SELECT
    c.period_start,
    count(CASE WHEN c.too_few THEN 1 END) = 1 AS too_few
  FROM suppressed_3 AS c
  WHERE c.slicing = 'course,device'
  GROUP BY 1
),
-- what would tell of it goes with it
suppressed_4 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.course,
    c.device,
    c.attempts_2,
    c.learner_count,
    c.too_few OR a.too_few IS TRUE AS too_few
  FROM suppressed_3 AS c
  LEFT JOIN alone AS a
    ON c.slicing = 'total'
    AND a.period_start IS NOT DISTINCT FROM c.period_start
),
-- where one number alone is suppressed
alone_2 AS (
  SELECT
    c.period_start,
    c.course,
    count(CASE WHEN c.too_few THEN 1 END) = 1 AS too_few
  FROM suppressed_4 AS c
  WHERE c.slicing = 'course,device'
  GROUP BY 1, 2
),
-- what would tell of it goes with it
suppressed_5 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.course,
    c.device,
    c.attempts_2,
    c.learner_count,
    c.too_few OR a.too_few IS TRUE AS too_few
  FROM suppressed_4 AS c
  LEFT JOIN alone_2 AS a
    ON c.slicing = 'course'
    AND a.period_start IS NOT DISTINCT FROM c.period_start
    AND a.course IS NOT DISTINCT FROM c.course
),
-- where one number alone is suppressed
alone_3 AS (
  SELECT
    c.period_start,
    c.device,
    count(CASE WHEN c.too_few THEN 1 END) = 1 AS too_few
  FROM suppressed_5 AS c
  WHERE c.slicing = 'course,device'
  GROUP BY 1, 2
),
-- what would tell of it goes with it
suppressed_6 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.course,
    c.device,
    c.attempts_2,
    c.learner_count,
    c.too_few OR a.too_few IS TRUE AS too_few
  FROM suppressed_5 AS c
  LEFT JOIN alone_3 AS a
    ON c.slicing = 'device'
    AND a.period_start IS NOT DISTINCT FROM c.period_start
    AND a.device IS NOT DISTINCT FROM c.device
),
-- where one member alone, and the total tell of it, the next smallest goes, too
suppressed_7 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.course,
    c.device,
    c.attempts_2,
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
      = 1 AS too_few
  FROM suppressed_6 AS c
),
-- where one member alone, and the total tell of it, the next smallest goes, too
suppressed_8 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.course,
    c.device,
    c.attempts_2,
    c.learner_count,
    c.too_few
    OR c.slicing = 'device'
    AND NOT c.too_few
    AND c.learner_count IS NOT NULL
    AND count(CASE WHEN c.too_few THEN 1 END) OVER (PARTITION BY c.period_start, c.slicing) = 1
    AND row_number() OVER (
      PARTITION BY c.period_start, c.slicing
      ORDER BY CASE WHEN NOT c.too_few THEN c.learner_count END NULLS LAST, c.device NULLS LAST
    )
      = 1 AS too_few
  FROM suppressed_7 AS c
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.course,
  c.device,
  CASE WHEN NOT c.too_few THEN c.attempts_2 END AS attempts,
  c.too_few AS attempts_suppressed
FROM suppressed_8 AS c
ORDER BY
  CASE
    WHEN c.slicing = 'total' THEN 0
    WHEN c.slicing = 'course' THEN 1
    WHEN c.slicing = 'device' THEN 2
    WHEN c.slicing = 'course,device' THEN 3
  END,
  c.course NULLS LAST,
  c.device NULLS LAST,
  c.period_start;
