WITH
-- attempts by day
attempts_atoms AS (
  SELECT
    attempts.day AS period_start,
    attempts.course,
    count(*) AS attempts
  FROM attempts
  WHERE attempts.day >= DATE '2026-01-01'
    AND attempts.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- attempts: attempts by month
attempts_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'course' AS slicing,
    i.course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts
  FROM attempts_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts
  FROM attempts_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- attempts: attempts by month, previous
attempts_monthly_previous AS (
  SELECT
    w.period_start,
    'course' AS slicing,
    i.course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts_previous
  FROM attempts_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    NULL AS course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts_previous
  FROM attempts_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- attempts: attempts by month, previous 1 month
attempts_monthly_previous_1_month AS (
  SELECT
    w.period_start,
    'course' AS slicing,
    i.course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts_previous_2
  FROM attempts_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    NULL AS course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts_previous_2
  FROM attempts_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- attempts: each counted value once a month
attempts_entities AS (
  SELECT
    CAST(date_trunc('month', attempts.day) AS DATE) AS period_start,
    attempts.course,
    attempts.learner AS entity
  FROM attempts
  WHERE attempts.day >= DATE '2026-01-01'
    AND attempts.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- attempts: attempts_learner_count by month
attempts_distinct_monthly AS (
  SELECT
    i.period_start,
    'course' AS slicing,
    i.course,
    count(i.entity) AS attempts_learner_count
  FROM attempts_entities AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS course,
    count(DISTINCT i.entity) AS attempts_learner_count
  FROM attempts_entities AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- attempts: attempts_learner_count by month, previous
attempts_distinct_monthly_previous AS (
  SELECT
    w.period_start,
    'course' AS slicing,
    i.course,
    count(DISTINCT i.entity) AS attempts_learner_count_previous
  FROM attempts_entities AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    NULL AS course,
    count(DISTINCT i.entity) AS attempts_learner_count_previous
  FROM attempts_entities AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- attempts: attempts_learner_count by month, previous 1 month
attempts_distinct_monthly_previous_1_month AS (
  SELECT
    w.period_start,
    'course' AS slicing,
    i.course,
    count(DISTINCT i.entity) AS attempts_learner_count_previous_2
  FROM attempts_entities AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    NULL AS course,
    count(DISTINCT i.entity) AS attempts_learner_count_previous_2
  FROM attempts_entities AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
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
    r.course,
    r.attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    CAST(NULL AS BIGINT) AS attempts_previous_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous_2
  FROM attempts_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.course,
    CAST(NULL AS BIGINT) AS attempts,
    r.attempts_previous,
    CAST(NULL AS BIGINT) AS attempts_previous_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous_2
  FROM attempts_monthly_previous AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.course,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    r.attempts_previous_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous_2
  FROM attempts_monthly_previous_1_month AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.course,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    CAST(NULL AS BIGINT) AS attempts_previous_2,
    r.attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous_2
  FROM attempts_distinct_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.course,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    CAST(NULL AS BIGINT) AS attempts_previous_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    r.attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous_2
  FROM attempts_distinct_monthly_previous AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.course,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    CAST(NULL AS BIGINT) AS attempts_previous_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    r.attempts_learner_count_previous_2
  FROM attempts_distinct_monthly_previous_1_month AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.course,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    CAST(NULL AS BIGINT) AS attempts_previous_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous_2
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
    COALESCE(max(k.attempts_previous), 0) AS attempts_previous,
    COALESCE(max(k.attempts_previous_2), 0) AS attempts_previous_2,
    COALESCE(max(k.attempts_learner_count), 0) AS attempts_learner_count,
    COALESCE(max(k.attempts_learner_count_previous), 0) AS attempts_learner_count_previous,
    COALESCE(max(k.attempts_learner_count_previous_2), 0) AS attempts_learner_count_previous_2
  FROM stack AS k
  GROUP BY 1, 2, 3
),
-- targets, and how KPIs stand against them
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.slicing = 'total' THEN 8
      WHEN c.slicing = 'course' AND c.course = 'art' THEN 5
      WHEN c.slicing = 'course' AND c.course = 'music' THEN 2
    END AS attempts_target,
    CASE
      WHEN c.slicing = 'total' THEN c.attempts_previous_2 * 1.1
      WHEN c.slicing = 'course' AND c.course = 'art' THEN c.attempts_previous_2 * 1.1
    END AS growing_target
  FROM cells AS c
),
-- the numbers, and how many of learner stand behind them
counted AS (
  SELECT
    c.period_start,
    c.slicing,
    c.course,
    c.attempts AS attempts_2,
    c.attempts_target AS attempts_target_2,
    1 + CAST(c.attempts - c.attempts_target AS DOUBLE PRECISION) / NULLIF(abs(c.attempts_target), 0) AS attempts_attainment,
    1 + CAST(c.attempts - c.attempts_target AS DOUBLE PRECISION) / NULLIF(abs(c.attempts_target), 0) AS attempts_pacing,
    CASE
      WHEN c.attempts IS NULL THEN 'no_data'
      WHEN c.attempts_target IS NULL THEN 'no_target'
      WHEN round(CAST(c.attempts AS NUMERIC), 9) < round(CAST(c.attempts_target AS NUMERIC), 9) THEN 'off_track'
      ELSE 'on_track'
    END AS attempts_status,
    c.attempts AS attempts_projected,
    c.attempts_previous AS attempts_previous_3,
    c.attempts - c.attempts_previous AS attempts_change,
    CAST(c.attempts - c.attempts_previous AS DOUBLE PRECISION) / NULLIF(abs(c.attempts_previous), 0) AS attempts_change_ratio,
    c.attempts AS growing,
    c.growing_target AS growing_target_2,
    1 + CAST(c.attempts - c.growing_target AS DOUBLE PRECISION) / NULLIF(abs(c.growing_target), 0) AS growing_attainment,
    1 + CAST(c.attempts - c.growing_target AS DOUBLE PRECISION) / NULLIF(abs(c.growing_target), 0) AS growing_pacing,
    CASE
      WHEN c.attempts IS NULL THEN 'no_data'
      WHEN c.growing_target IS NULL THEN 'no_target'
      WHEN round(CAST(c.attempts AS NUMERIC), 9) < round(CAST(c.growing_target AS NUMERIC), 9) THEN 'off_track'
      ELSE 'on_track'
    END AS growing_status,
    c.attempts AS growing_projected,
    c.attempts_previous AS growing_previous,
    c.attempts - c.attempts_previous AS growing_change,
    CAST(c.attempts - c.attempts_previous AS DOUBLE PRECISION) / NULLIF(abs(c.attempts_previous), 0) AS growing_change_ratio,
    NULLIF(c.attempts_learner_count, 0) AS learner_count,
    (c.attempts_learner_count > 0 AND c.attempts_learner_count < 3) IS TRUE AS too_few,
    NULLIF(c.attempts_learner_count_previous, 0) AS learner_count_2,
    (c.attempts_learner_count_previous > 0 AND c.attempts_learner_count_previous < 3) IS TRUE AS too_few_2,
    LEAST(NULLIF(c.attempts_learner_count, 0), NULLIF(c.attempts_learner_count_previous, 0)) AS learner_count_3,
    (
      c.attempts_learner_count > 0 AND c.attempts_learner_count < 3
      OR c.attempts_learner_count_previous > 0 AND c.attempts_learner_count_previous < 3
    ) IS TRUE AS too_few_3,
    NULLIF(c.attempts_learner_count_previous_2, 0) AS learner_count_4,
    (c.attempts_learner_count_previous_2 > 0 AND c.attempts_learner_count_previous_2 < 3) IS TRUE AS too_few_4,
    LEAST(NULLIF(c.attempts_learner_count, 0), NULLIF(c.attempts_learner_count_previous_2, 0)) AS learner_count_5,
    (
      c.attempts_learner_count > 0 AND c.attempts_learner_count < 3
      OR c.attempts_learner_count_previous_2 > 0 AND c.attempts_learner_count_previous_2 < 3
    ) IS TRUE AS too_few_5
  FROM formulas AS c
),
-- where one member alone, and the total tell of it, the next smallest goes, too
suppressed AS (
  SELECT
    c.period_start,
    c.slicing,
    c.course,
    c.attempts_2,
    c.attempts_target_2,
    c.attempts_attainment,
    c.attempts_pacing,
    c.attempts_status,
    c.attempts_projected,
    c.attempts_previous_3,
    c.attempts_change,
    c.attempts_change_ratio,
    c.growing,
    c.growing_target_2,
    c.growing_attainment,
    c.growing_pacing,
    c.growing_status,
    c.growing_projected,
    c.growing_previous,
    c.growing_change,
    c.growing_change_ratio,
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
      = 1 AS too_few_2,
    c.learner_count_3,
    c.too_few_3
    OR c.slicing = 'course'
    AND NOT c.too_few_3
    AND c.learner_count_3 IS NOT NULL
    AND count(CASE WHEN c.too_few_3 THEN 1 END) OVER (PARTITION BY c.period_start, c.slicing) = 1
    AND row_number() OVER (
      PARTITION BY c.period_start, c.slicing
      ORDER BY CASE WHEN NOT c.too_few_3 THEN c.learner_count_3 END NULLS LAST, c.course NULLS LAST
    )
      = 1 AS too_few_3,
    c.learner_count_4,
    c.too_few_4
    OR c.slicing = 'course'
    AND NOT c.too_few_4
    AND c.learner_count_4 IS NOT NULL
    AND count(CASE WHEN c.too_few_4 THEN 1 END) OVER (PARTITION BY c.period_start, c.slicing) = 1
    AND row_number() OVER (
      PARTITION BY c.period_start, c.slicing
      ORDER BY CASE WHEN NOT c.too_few_4 THEN c.learner_count_4 END NULLS LAST, c.course NULLS LAST
    )
      = 1 AS too_few_4,
    c.learner_count_5,
    c.too_few_5
    OR c.slicing = 'course'
    AND NOT c.too_few_5
    AND c.learner_count_5 IS NOT NULL
    AND count(CASE WHEN c.too_few_5 THEN 1 END) OVER (PARTITION BY c.period_start, c.slicing) = 1
    AND row_number() OVER (
      PARTITION BY c.period_start, c.slicing
      ORDER BY CASE WHEN NOT c.too_few_5 THEN c.learner_count_5 END NULLS LAST, c.course NULLS LAST
    )
      = 1 AS too_few_5
  FROM counted AS c
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.course,
  CASE WHEN NOT c.too_few THEN c.attempts_2 END AS attempts,
  c.attempts_target_2 AS attempts_target,
  CASE WHEN NOT c.too_few THEN c.attempts_attainment END AS attempts_attainment,
  CASE WHEN NOT c.too_few THEN c.attempts_pacing END AS attempts_pacing,
  CASE WHEN NOT c.too_few THEN c.attempts_status END AS attempts_status,
  CASE WHEN NOT c.too_few THEN c.attempts_projected END AS attempts_projected,
  CASE WHEN NOT c.too_few_2 THEN c.attempts_previous_3 END AS attempts_previous,
  CASE WHEN NOT (c.too_few OR c.too_few_2 OR c.too_few_3) THEN c.attempts_change END AS attempts_change,
  CASE WHEN NOT (c.too_few OR c.too_few_2 OR c.too_few_3) THEN c.attempts_change_ratio END AS attempts_change_ratio,
  CASE WHEN NOT c.too_few THEN c.growing END AS growing,
  CASE WHEN NOT c.too_few_4 THEN c.growing_target_2 END AS growing_target,
  CASE WHEN NOT (c.too_few OR c.too_few_4 OR c.too_few_5) THEN c.growing_attainment END AS growing_attainment,
  CASE WHEN NOT (c.too_few OR c.too_few_4 OR c.too_few_5) THEN c.growing_pacing END AS growing_pacing,
  CASE WHEN NOT (c.too_few OR c.too_few_4 OR c.too_few_5) THEN c.growing_status END AS growing_status,
  CASE WHEN NOT c.too_few THEN c.growing_projected END AS growing_projected,
  CASE WHEN NOT c.too_few_2 THEN c.growing_previous END AS growing_previous,
  CASE WHEN NOT (c.too_few OR c.too_few_2 OR c.too_few_3) THEN c.growing_change END AS growing_change,
  CASE WHEN NOT (c.too_few OR c.too_few_2 OR c.too_few_3) THEN c.growing_change_ratio END AS growing_change_ratio,
  c.too_few AS attempts_suppressed,
  FALSE AS attempts_target_suppressed,
  c.too_few AS attempts_attainment_suppressed,
  c.too_few AS attempts_pacing_suppressed,
  c.too_few AS attempts_status_suppressed,
  c.too_few AS attempts_projected_suppressed,
  c.too_few_2 AS attempts_previous_suppressed,
  c.too_few OR c.too_few_2 OR c.too_few_3 AS attempts_change_suppressed,
  c.too_few OR c.too_few_2 OR c.too_few_3 AS attempts_change_ratio_suppressed,
  c.too_few AS growing_suppressed,
  c.too_few_4 AS growing_target_suppressed,
  c.too_few OR c.too_few_4 OR c.too_few_5 AS growing_attainment_suppressed,
  c.too_few OR c.too_few_4 OR c.too_few_5 AS growing_pacing_suppressed,
  c.too_few OR c.too_few_4 OR c.too_few_5 AS growing_status_suppressed,
  c.too_few AS growing_projected_suppressed,
  c.too_few_2 AS growing_previous_suppressed,
  c.too_few OR c.too_few_2 OR c.too_few_3 AS growing_change_suppressed,
  c.too_few OR c.too_few_2 OR c.too_few_3 AS growing_change_ratio_suppressed
FROM suppressed AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'course' THEN 1 END,
  c.course NULLS LAST,
  c.period_start;
