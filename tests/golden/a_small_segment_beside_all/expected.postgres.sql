WITH
-- attempts by day
attempts_atoms AS (
  SELECT
    attempts.day AS period_start,
    attempts.course,
    (attempts.age < 20) IS TRUE AS is_young,
    (attempts.age < 40 AND (attempts.age < 20) IS NOT TRUE) IS TRUE AS is_grown,
    ((attempts.age < 20) IS NOT TRUE AND (attempts.age < 40) IS NOT TRUE) IS TRUE AS is_old,
    count(*) AS attempts
  FROM attempts
  WHERE attempts.day >= DATE '2026-01-01'
    AND attempts.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3, 4, 5
),
-- attempts: attempts by month
attempts_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'course' AS slicing,
    'all' AS segment,
    i.course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts
  FROM attempts_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'course' AS slicing,
    'young' AS segment,
    i.course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts
  FROM attempts_atoms AS i
  WHERE i.is_young
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'course' AS slicing,
    'grown' AS segment,
    i.course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts
  FROM attempts_atoms AS i
  WHERE i.is_grown
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'course' AS slicing,
    'old' AS segment,
    i.course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts
  FROM attempts_atoms AS i
  WHERE i.is_old
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'all' AS segment,
    NULL AS course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts
  FROM attempts_atoms AS i
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'young' AS segment,
    NULL AS course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts
  FROM attempts_atoms AS i
  WHERE i.is_young
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'grown' AS segment,
    NULL AS course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts
  FROM attempts_atoms AS i
  WHERE i.is_grown
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'old' AS segment,
    NULL AS course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts
  FROM attempts_atoms AS i
  WHERE i.is_old
  GROUP BY 1
),
-- attempts: each counted value once a month
attempts_entities AS (
  SELECT
    CAST(date_trunc('month', attempts.day) AS DATE) AS period_start,
    attempts.course,
    attempts.learner AS entity,
    bit_or(
      CASE WHEN attempts.age < 20 THEN 1 ELSE 0 END
        + CASE WHEN attempts.age < 40 AND (attempts.age < 20) IS NOT TRUE THEN 2 ELSE 0 END
        + CASE
          WHEN (attempts.age < 20) IS NOT TRUE AND (attempts.age < 40) IS NOT TRUE THEN 4
          ELSE 0
        END
    ) AS fulfils
  FROM attempts
  WHERE attempts.day >= DATE '2026-01-01'
    AND attempts.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- attempts: how many values fulfil which conditions together
attempts_counts AS (
  SELECT
    i.period_start,
    i.course,
    i.fulfils,
    count(i.entity) AS entities
  FROM attempts_entities AS i
  GROUP BY 1, 2, 3
),
-- attempts: attempts_learner_count by month
attempts_distinct_monthly AS (
  SELECT
    i.period_start,
    'course' AS slicing,
    'all' AS segment,
    i.course,
    CAST(sum(i.entities) AS BIGINT) AS attempts_learner_count
  FROM attempts_counts AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'course' AS slicing,
    'young' AS segment,
    i.course,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS attempts_learner_count
  FROM attempts_counts AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'course' AS slicing,
    'grown' AS segment,
    i.course,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS attempts_learner_count
  FROM attempts_counts AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'course' AS slicing,
    'old' AS segment,
    i.course,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 4 > 0) AS BIGINT) AS attempts_learner_count
  FROM attempts_counts AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'all' AS segment,
    NULL AS course,
    count(DISTINCT i.entity) AS attempts_learner_count
  FROM attempts_entities AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'young' AS segment,
    NULL AS course,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS attempts_learner_count
  FROM attempts_entities AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'grown' AS segment,
    NULL AS course,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS attempts_learner_count
  FROM attempts_entities AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'old' AS segment,
    NULL AS course,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 4 > 0) AS attempts_learner_count
  FROM attempts_entities AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('all'),
      ('young'),
      ('grown'),
      ('old')
  ) AS q(segment)
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
    'total' AS slicing,
    NULL AS course
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.course,
    r.attempts,
    CAST(NULL AS BIGINT) AS attempts_learner_count
  FROM attempts_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.course,
    CAST(NULL AS BIGINT) AS attempts,
    r.attempts_learner_count
  FROM attempts_distinct_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    s.segment,
    m.course,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_learner_count
  FROM spine AS p
  CROSS JOIN members AS m
  CROSS JOIN segments AS s
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.segment,
    k.course,
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
    c.segment,
    c.course,
    c.attempts AS attempts_2,
    NULLIF(c.attempts_learner_count, 0) AS learner_count,
    (c.attempts_learner_count > 0 AND c.attempts_learner_count < 3) IS TRUE AS too_few
  FROM cells AS c
),
-- where one segment alone, and the whole tell of it, the next smallest goes, too
suppressed AS (
  SELECT
    c.period_start,
    c.slicing,
    c.segment,
    c.course,
    c.attempts_2,
    c.learner_count,
    c.too_few
    OR c.segment <> 'all'
    AND NOT c.too_few
    AND c.learner_count IS NOT NULL
    AND count(CASE WHEN c.too_few THEN 1 END) OVER (
      PARTITION BY c.period_start, c.slicing, c.course, c.segment <> 'all'
    )
      = 1
    AND row_number() OVER (
      PARTITION BY c.period_start, c.slicing, c.course, c.segment <> 'all'
      ORDER BY CASE WHEN NOT c.too_few THEN c.learner_count END NULLS LAST, c.segment NULLS LAST
    )
      = 1 AS too_few
  FROM counted AS c
),
-- where one member alone, and the total tell of it, the next smallest goes, too
suppressed_2 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.segment,
    c.course,
    c.attempts_2,
    c.learner_count,
    c.too_few
    OR c.slicing = 'course'
    AND NOT c.too_few
    AND c.learner_count IS NOT NULL
    AND count(CASE WHEN c.too_few THEN 1 END) OVER (
      PARTITION BY c.period_start, c.slicing, c.segment
    )
      = 1
    AND row_number() OVER (
      PARTITION BY c.period_start, c.slicing, c.segment
      ORDER BY CASE WHEN NOT c.too_few THEN c.learner_count END NULLS LAST, c.course NULLS LAST
    )
      = 1 AS too_few
  FROM suppressed AS c
),
-- where one number alone is suppressed
alone AS (
  SELECT
    c.period_start,
    c.segment,
    count(CASE WHEN c.too_few THEN 1 END) = 1 AS too_few
  FROM suppressed_2 AS c
  WHERE c.slicing = 'course'
  GROUP BY 1, 2
),
-- what would tell of it goes with it
suppressed_3 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.segment,
    c.course,
    c.attempts_2,
    c.learner_count,
    c.too_few OR a.too_few IS TRUE AS too_few
  FROM suppressed_2 AS c
  LEFT JOIN alone AS a
    ON c.slicing = 'total'
    AND a.period_start IS NOT DISTINCT FROM c.period_start
    AND a.segment IS NOT DISTINCT FROM c.segment
),
-- where one segment alone, and the whole tell of it, the next smallest goes, too
suppressed_4 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.segment,
    c.course,
    c.attempts_2,
    c.learner_count,
    c.too_few
    OR c.segment <> 'all'
    AND NOT c.too_few
    AND c.learner_count IS NOT NULL
    AND count(CASE WHEN c.too_few THEN 1 END) OVER (
      PARTITION BY c.period_start, c.slicing, c.course, c.segment <> 'all'
    )
      = 1
    AND row_number() OVER (
      PARTITION BY c.period_start, c.slicing, c.course, c.segment <> 'all'
      ORDER BY CASE WHEN NOT c.too_few THEN c.learner_count END NULLS LAST, c.segment NULLS LAST
    )
      = 1 AS too_few
  FROM suppressed_3 AS c
),
-- where one member alone, and the total tell of it, the next smallest goes, too
suppressed_5 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.segment,
    c.course,
    c.attempts_2,
    c.learner_count,
    c.too_few
    OR c.slicing = 'course'
    AND NOT c.too_few
    AND c.learner_count IS NOT NULL
    AND count(CASE WHEN c.too_few THEN 1 END) OVER (
      PARTITION BY c.period_start, c.slicing, c.segment
    )
      = 1
    AND row_number() OVER (
      PARTITION BY c.period_start, c.slicing, c.segment
      ORDER BY CASE WHEN NOT c.too_few THEN c.learner_count END NULLS LAST, c.course NULLS LAST
    )
      = 1 AS too_few
  FROM suppressed_4 AS c
),
-- where one number alone is suppressed
alone_2 AS (
  SELECT
    c.period_start,
    c.segment,
    count(CASE WHEN c.too_few THEN 1 END) = 1 AS too_few
  FROM suppressed_5 AS c
  WHERE c.slicing = 'course'
  GROUP BY 1, 2
),
-- what would tell of it goes with it
suppressed_6 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.segment,
    c.course,
    c.attempts_2,
    c.learner_count,
    c.too_few OR a.too_few IS TRUE AS too_few
  FROM suppressed_5 AS c
  LEFT JOIN alone_2 AS a
    ON c.slicing = 'total'
    AND a.period_start IS NOT DISTINCT FROM c.period_start
    AND a.segment IS NOT DISTINCT FROM c.segment
),
-- where one segment alone, and the whole tell of it, the next smallest goes, too
suppressed_7 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.segment,
    c.course,
    c.attempts_2,
    c.learner_count,
    c.too_few
    OR c.segment <> 'all'
    AND NOT c.too_few
    AND c.learner_count IS NOT NULL
    AND count(CASE WHEN c.too_few THEN 1 END) OVER (
      PARTITION BY c.period_start, c.slicing, c.course, c.segment <> 'all'
    )
      = 1
    AND row_number() OVER (
      PARTITION BY c.period_start, c.slicing, c.course, c.segment <> 'all'
      ORDER BY CASE WHEN NOT c.too_few THEN c.learner_count END NULLS LAST, c.segment NULLS LAST
    )
      = 1 AS too_few
  FROM suppressed_6 AS c
),
-- where one member alone, and the total tell of it, the next smallest goes, too
suppressed_8 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.segment,
    c.course,
    c.attempts_2,
    c.learner_count,
    c.too_few
    OR c.slicing = 'course'
    AND NOT c.too_few
    AND c.learner_count IS NOT NULL
    AND count(CASE WHEN c.too_few THEN 1 END) OVER (
      PARTITION BY c.period_start, c.slicing, c.segment
    )
      = 1
    AND row_number() OVER (
      PARTITION BY c.period_start, c.slicing, c.segment
      ORDER BY CASE WHEN NOT c.too_few THEN c.learner_count END NULLS LAST, c.course NULLS LAST
    )
      = 1 AS too_few
  FROM suppressed_7 AS c
),
-- where one number alone is suppressed
alone_3 AS (
  SELECT
    c.period_start,
    c.segment,
    count(CASE WHEN c.too_few THEN 1 END) = 1 AS too_few
  FROM suppressed_8 AS c
  WHERE c.slicing = 'course'
  GROUP BY 1, 2
),
-- what would tell of it goes with it
suppressed_9 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.segment,
    c.course,
    c.attempts_2,
    c.learner_count,
    c.too_few OR a.too_few IS TRUE AS too_few
  FROM suppressed_8 AS c
  LEFT JOIN alone_3 AS a
    ON c.slicing = 'total'
    AND a.period_start IS NOT DISTINCT FROM c.period_start
    AND a.segment IS NOT DISTINCT FROM c.segment
)
SELECT
  c.period_start,
  c.slicing,
  c.segment,
  c.course,
  CASE WHEN NOT c.too_few THEN c.attempts_2 END AS attempts,
  c.too_few AS attempts_suppressed
FROM suppressed_9 AS c
ORDER BY
  CASE
    WHEN c.segment = 'all' THEN 0
    WHEN c.segment = 'young' THEN 1
    WHEN c.segment = 'grown' THEN 2
    WHEN c.segment = 'old' THEN 3
  END,
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'course' THEN 1 END,
  c.course NULLS LAST,
  c.period_start;
