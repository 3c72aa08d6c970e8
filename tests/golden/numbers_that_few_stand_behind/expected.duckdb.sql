WITH
-- attempts by day
attempts_atoms AS (
  SELECT
    attempts.day AS period_start,
    attempts.course,
    count(*) AS attempts
  FROM attempts
  WHERE attempts.day >= DATE '2025-12-01'
    AND attempts.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- attempts: attempts by month
attempts_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts
  FROM attempts_atoms AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- attempts: attempts by month, previous
attempts_monthly_previous AS (
  SELECT
    w.period_start,
    i.course,
    CAST(sum(i.attempts) AS BIGINT) AS attempts_previous
  FROM attempts_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_end)
),
-- enrolments: enrolled by month
enrolments_monthly AS (
  SELECT
    w.period_start,
    enrolments.course,
    count(*) AS enrolled
  FROM enrolments
  JOIN at_end AS w
    ON enrolments.a < w.window_end
    AND (enrolments.b IS NULL OR enrolments.b >= w.window_end)
  GROUP BY 1, 2
),
-- rows of the first step's source
exam_first AS (
  SELECT
    attempts.learner AS entity,
    attempts.day AS "at",
    row_number() OVER (PARTITION BY attempts.learner ORDER BY attempts.day, attempts.id) AS tie,
    attempts.id AS key_1,
    TRUE AS is_step_1,
    FALSE AS is_step_2
  FROM attempts
  WHERE attempts.learner IS NOT NULL
    AND attempts.day >= DATE '2026-01-01'
),
-- rows that may be a step
exam_stream AS (
  SELECT
    f.entity,
    f."at",
    0 AS stream,
    f.tie,
    f.is_step_1,
    f.is_step_2
  FROM exam_first AS f
  UNION ALL
  SELECT
    passes.learner AS entity,
    passes.day AS "at",
    1 AS stream,
    row_number() OVER (PARTITION BY passes.learner ORDER BY passes.day, passes.id) AS tie,
    FALSE AS is_step_1,
    TRUE AS is_step_2
  FROM passes
  WHERE passes.learner IS NOT NULL
    AND passes.day >= DATE '2026-01-01'
),
-- in the order of time; rows at the same time by their key
exam_order AS (
  SELECT
    s.*,
    row_number() OVER (PARTITION BY s.entity ORDER BY s."at", s.stream, s.tie) AS place
  FROM exam_stream AS s
),
-- where each step is taken next
exam_next AS (
  SELECT
    s.entity,
    s."at",
    s.place,
    s.is_step_1,
    s.tie,
    min(CASE WHEN s.is_step_2 THEN s.place END) OVER (
      PARTITION BY s.entity
      ORDER BY s.place DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS next_2
  FROM exam_order AS s
),
-- the first step, and when those behind it are taken
exam_steps AS (
  SELECT
    s1.entity,
    s1.tie,
    s2."at" AS kpic_step_2
  FROM exam_next AS s1
  LEFT JOIN exam_next AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
  WHERE s1.is_step_1
),
-- the rows of the first step
exam AS (
  SELECT
    attempts.*,
    m.kpic_step_2
  FROM attempts
  JOIN exam_first AS k ON k.key_1 = attempts.id
  JOIN exam_steps AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
),
-- attempts: each counted value once a month
attempts_entities AS (
  SELECT
    CAST(attempts.day AS DATE) - CAST(day(attempts.day) - 1 AS INTEGER) AS period_start,
    attempts.course,
    attempts.learner AS entity,
    bool_or(attempts.kpic_step_2 IS NOT NULL) AS exam_pass_counts
  FROM exam AS attempts
  WHERE attempts.day >= DATE '2026-01-01'
    AND attempts.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- attempts: exam_pass, exam_attempt, exam_pass_learner_count, exam_attempt_learner_count by month
attempts_distinct_monthly AS (
  SELECT
    i.period_start,
    i.course,
    count(i.entity) FILTER (WHERE i.exam_pass_counts) AS exam_pass,
    count(i.entity) AS exam_attempt,
    count(i.entity) FILTER (WHERE i.exam_pass_counts) AS exam_pass_learner_count,
    count(i.entity) AS exam_attempt_learner_count
  FROM attempts_entities AS i
  GROUP BY 1, 2
),
-- attempts: each counted value once a month
attempts_entities_2 AS (
  SELECT
    CAST(attempts.day AS DATE) - CAST(day(attempts.day) - 1 AS INTEGER) AS period_start,
    attempts.course,
    attempts.learner AS entity
  FROM attempts
  WHERE attempts.day >= DATE '2025-12-01'
    AND attempts.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- attempts: attempts_learner_count by month
attempts_distinct_monthly_2 AS (
  SELECT
    i.period_start,
    i.course,
    count(i.entity) AS attempts_learner_count
  FROM attempts_entities_2 AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- attempts: attempts_learner_count by month, previous
attempts_distinct_monthly_previous AS (
  SELECT
    w.period_start,
    i.course,
    count(DISTINCT i.entity) AS attempts_learner_count_previous
  FROM attempts_entities_2 AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- enrolments: enrolled_learner_count by month
enrolments_distinct_monthly AS (
  SELECT
    w.period_start,
    enrolments.course,
    count(DISTINCT enrolments.learner) AS enrolled_learner_count
  FROM enrolments
  JOIN at_end AS w
    ON enrolments.a < w.window_end
    AND (enrolments.b IS NULL OR enrolments.b >= w.window_end)
  GROUP BY 1, 2
),
-- attempts by day
attempts_atoms_2 AS (
  SELECT
    attempts.day AS period_start,
    attempts.course,
    attempts.learner,
    count(*) AS attempts
  FROM attempts
  WHERE attempts.day >= DATE '2026-01-01'
    AND attempts.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- attempts: attempts, attempts_rows by month
attempts_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.course,
    i.learner,
    CAST(sum(i.attempts) AS BIGINT) AS attempts,
    CAST(sum(i.attempts) AS BIGINT) AS attempts_rows
  FROM attempts_atoms_2 AS i
  GROUP BY 1, 2, 3
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.course,
    r.learner,
    r.attempts,
    r.attempts_rows
  FROM attempts_monthly_2 AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.course,
    k.learner,
    COALESCE(max(k.attempts), 0) AS attempts,
    COALESCE(max(k.attempts_rows), 0) AS attempts_rows
  FROM stack AS k
  GROUP BY 1, 2, 3
),
-- over each learner, those that take part
per_learner_result AS (
  SELECT
    c.period_start,
    c.course,
    CAST(sum(c.attempts) AS DOUBLE) / NULLIF(count(c.attempts), 0) AS per_learner
  FROM cells AS c
  WHERE (c.attempts_rows > 0) IS TRUE
    AND c.learner IS NOT NULL
  GROUP BY 1, 2
),
-- attempts by day
attempts_atoms_3 AS (
  SELECT
    attempts.day AS period_start,
    attempts.course,
    attempts.learner,
    count(*) AS attempts
  FROM attempts
  WHERE attempts.day >= DATE '2026-01-01'
    AND attempts.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- attempts: attempts, attempts_rows by month
attempts_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.course,
    i.learner,
    CAST(sum(i.attempts) AS BIGINT) AS attempts,
    CAST(sum(i.attempts) AS BIGINT) AS attempts_rows
  FROM attempts_atoms_3 AS i
  GROUP BY 1, 2, 3
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.course,
    r.learner,
    r.attempts,
    r.attempts_rows
  FROM attempts_monthly_3 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.course,
    k.learner,
    COALESCE(max(k.attempts), 0) AS attempts,
    COALESCE(max(k.attempts_rows), 0) AS attempts_rows
  FROM stack_2 AS k
  GROUP BY 1, 2, 3
),
-- over each learner, those that take part
per_learner_2_result AS (
  SELECT
    c.period_start,
    c.course,
    count(*) AS per_learner_2
  FROM cells_2 AS c
  WHERE (c.attempts_rows > 0) IS TRUE
    AND (c.attempts >= 2) IS TRUE
    AND c.learner IS NOT NULL
  GROUP BY 1, 2
),
-- attempts by day
attempts_atoms_4 AS (
  SELECT
    attempts.day AS period_start,
    attempts.course,
    attempts.learner,
    count(*) AS attempts
  FROM attempts
  WHERE attempts.day >= DATE '2026-01-01'
    AND attempts.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- attempts: attempts, attempts_rows by month
attempts_monthly_4 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.course,
    i.learner,
    CAST(sum(i.attempts) AS BIGINT) AS attempts,
    CAST(sum(i.attempts) AS BIGINT) AS attempts_rows
  FROM attempts_atoms_4 AS i
  GROUP BY 1, 2, 3
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.course,
    r.learner,
    r.attempts,
    r.attempts_rows
  FROM attempts_monthly_4 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.course,
    k.learner,
    COALESCE(max(k.attempts), 0) AS attempts,
    COALESCE(max(k.attempts_rows), 0) AS attempts_rows
  FROM stack_3 AS k
  GROUP BY 1, 2, 3
),
-- over each learner, those that take part
per_learner_learner_count_result AS (
  SELECT
    c.period_start,
    c.course,
    count(*) AS per_learner_learner_count
  FROM cells_3 AS c
  WHERE (c.attempts_rows > 0) IS TRUE
    AND c.learner IS NOT NULL
  GROUP BY 1, 2
),
-- attempts by day
attempts_atoms_5 AS (
  SELECT
    attempts.day AS period_start,
    attempts.course,
    attempts.learner,
    count(*) AS attempts
  FROM attempts
  WHERE attempts.day >= DATE '2026-01-01'
    AND attempts.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- attempts: attempts, attempts_rows by month
attempts_monthly_5 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.course,
    i.learner,
    CAST(sum(i.attempts) AS BIGINT) AS attempts,
    CAST(sum(i.attempts) AS BIGINT) AS attempts_rows
  FROM attempts_atoms_5 AS i
  GROUP BY 1, 2, 3
),
-- results of each source
stack_4 AS (
  SELECT
    r.period_start,
    r.course,
    r.learner,
    r.attempts,
    r.attempts_rows
  FROM attempts_monthly_5 AS r
),
-- one row a cell, with what no rows mean
cells_4 AS (
  SELECT
    k.period_start,
    k.course,
    k.learner,
    COALESCE(max(k.attempts), 0) AS attempts,
    COALESCE(max(k.attempts_rows), 0) AS attempts_rows
  FROM stack_4 AS k
  GROUP BY 1, 2, 3
),
-- over each learner, those that take part
per_learner_learner_count_2_result AS (
  SELECT
    c.period_start,
    c.course,
    count(*) AS per_learner_learner_count_2
  FROM cells_4 AS c
  WHERE (c.attempts_rows > 0) IS TRUE
    AND (c.attempts >= 2) IS TRUE
    AND c.learner IS NOT NULL
  GROUP BY 1, 2
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
    i.course
  FROM attempts_atoms AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.course
  FROM enrolments_monthly AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.course
  FROM attempts_entities AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.course
  FROM attempts_atoms_2 AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.course
  FROM attempts_atoms_3 AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.course
  FROM attempts_atoms_4 AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.course
  FROM attempts_atoms_5 AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack_5 AS (
  SELECT
    r.period_start,
    r.course,
    CAST(NULL AS BIGINT) AS per_learner,
    CAST(NULL AS BIGINT) AS per_learner_2,
    r.attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    CAST(NULL AS BIGINT) AS enrolled,
    CAST(NULL AS BIGINT) AS exam_pass,
    CAST(NULL AS BIGINT) AS exam_attempt,
    CAST(NULL AS BIGINT) AS per_learner_learner_count,
    CAST(NULL AS BIGINT) AS per_learner_learner_count_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS enrolled_learner_count,
    CAST(NULL AS BIGINT) AS exam_pass_learner_count,
    CAST(NULL AS BIGINT) AS exam_attempt_learner_count
  FROM attempts_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.course,
    CAST(NULL AS BIGINT) AS per_learner,
    CAST(NULL AS BIGINT) AS per_learner_2,
    CAST(NULL AS BIGINT) AS attempts,
    r.attempts_previous,
    CAST(NULL AS BIGINT) AS enrolled,
    CAST(NULL AS BIGINT) AS exam_pass,
    CAST(NULL AS BIGINT) AS exam_attempt,
    CAST(NULL AS BIGINT) AS per_learner_learner_count,
    CAST(NULL AS BIGINT) AS per_learner_learner_count_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS enrolled_learner_count,
    CAST(NULL AS BIGINT) AS exam_pass_learner_count,
    CAST(NULL AS BIGINT) AS exam_attempt_learner_count
  FROM attempts_monthly_previous AS r
  UNION ALL
  SELECT
    r.period_start,
    r.course,
    CAST(NULL AS BIGINT) AS per_learner,
    CAST(NULL AS BIGINT) AS per_learner_2,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    r.enrolled,
    CAST(NULL AS BIGINT) AS exam_pass,
    CAST(NULL AS BIGINT) AS exam_attempt,
    CAST(NULL AS BIGINT) AS per_learner_learner_count,
    CAST(NULL AS BIGINT) AS per_learner_learner_count_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS enrolled_learner_count,
    CAST(NULL AS BIGINT) AS exam_pass_learner_count,
    CAST(NULL AS BIGINT) AS exam_attempt_learner_count
  FROM enrolments_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.course,
    CAST(NULL AS BIGINT) AS per_learner,
    CAST(NULL AS BIGINT) AS per_learner_2,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    CAST(NULL AS BIGINT) AS enrolled,
    r.exam_pass,
    r.exam_attempt,
    CAST(NULL AS BIGINT) AS per_learner_learner_count,
    CAST(NULL AS BIGINT) AS per_learner_learner_count_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS enrolled_learner_count,
    r.exam_pass_learner_count,
    r.exam_attempt_learner_count
  FROM attempts_distinct_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.course,
    CAST(NULL AS BIGINT) AS per_learner,
    CAST(NULL AS BIGINT) AS per_learner_2,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    CAST(NULL AS BIGINT) AS enrolled,
    CAST(NULL AS BIGINT) AS exam_pass,
    CAST(NULL AS BIGINT) AS exam_attempt,
    CAST(NULL AS BIGINT) AS per_learner_learner_count,
    CAST(NULL AS BIGINT) AS per_learner_learner_count_2,
    r.attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS enrolled_learner_count,
    CAST(NULL AS BIGINT) AS exam_pass_learner_count,
    CAST(NULL AS BIGINT) AS exam_attempt_learner_count
  FROM attempts_distinct_monthly_2 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.course,
    CAST(NULL AS BIGINT) AS per_learner,
    CAST(NULL AS BIGINT) AS per_learner_2,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    CAST(NULL AS BIGINT) AS enrolled,
    CAST(NULL AS BIGINT) AS exam_pass,
    CAST(NULL AS BIGINT) AS exam_attempt,
    CAST(NULL AS BIGINT) AS per_learner_learner_count,
    CAST(NULL AS BIGINT) AS per_learner_learner_count_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    r.attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS enrolled_learner_count,
    CAST(NULL AS BIGINT) AS exam_pass_learner_count,
    CAST(NULL AS BIGINT) AS exam_attempt_learner_count
  FROM attempts_distinct_monthly_previous AS r
  UNION ALL
  SELECT
    r.period_start,
    r.course,
    CAST(NULL AS BIGINT) AS per_learner,
    CAST(NULL AS BIGINT) AS per_learner_2,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    CAST(NULL AS BIGINT) AS enrolled,
    CAST(NULL AS BIGINT) AS exam_pass,
    CAST(NULL AS BIGINT) AS exam_attempt,
    CAST(NULL AS BIGINT) AS per_learner_learner_count,
    CAST(NULL AS BIGINT) AS per_learner_learner_count_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    r.enrolled_learner_count,
    CAST(NULL AS BIGINT) AS exam_pass_learner_count,
    CAST(NULL AS BIGINT) AS exam_attempt_learner_count
  FROM enrolments_distinct_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.course,
    r.per_learner,
    CAST(NULL AS BIGINT) AS per_learner_2,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    CAST(NULL AS BIGINT) AS enrolled,
    CAST(NULL AS BIGINT) AS exam_pass,
    CAST(NULL AS BIGINT) AS exam_attempt,
    CAST(NULL AS BIGINT) AS per_learner_learner_count,
    CAST(NULL AS BIGINT) AS per_learner_learner_count_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS enrolled_learner_count,
    CAST(NULL AS BIGINT) AS exam_pass_learner_count,
    CAST(NULL AS BIGINT) AS exam_attempt_learner_count
  FROM per_learner_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.course,
    CAST(NULL AS BIGINT) AS per_learner,
    r.per_learner_2,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    CAST(NULL AS BIGINT) AS enrolled,
    CAST(NULL AS BIGINT) AS exam_pass,
    CAST(NULL AS BIGINT) AS exam_attempt,
    CAST(NULL AS BIGINT) AS per_learner_learner_count,
    CAST(NULL AS BIGINT) AS per_learner_learner_count_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS enrolled_learner_count,
    CAST(NULL AS BIGINT) AS exam_pass_learner_count,
    CAST(NULL AS BIGINT) AS exam_attempt_learner_count
  FROM per_learner_2_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.course,
    CAST(NULL AS BIGINT) AS per_learner,
    CAST(NULL AS BIGINT) AS per_learner_2,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    CAST(NULL AS BIGINT) AS enrolled,
    CAST(NULL AS BIGINT) AS exam_pass,
    CAST(NULL AS BIGINT) AS exam_attempt,
    r.per_learner_learner_count,
    CAST(NULL AS BIGINT) AS per_learner_learner_count_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS enrolled_learner_count,
    CAST(NULL AS BIGINT) AS exam_pass_learner_count,
    CAST(NULL AS BIGINT) AS exam_attempt_learner_count
  FROM per_learner_learner_count_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.course,
    CAST(NULL AS BIGINT) AS per_learner,
    CAST(NULL AS BIGINT) AS per_learner_2,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    CAST(NULL AS BIGINT) AS enrolled,
    CAST(NULL AS BIGINT) AS exam_pass,
    CAST(NULL AS BIGINT) AS exam_attempt,
    CAST(NULL AS BIGINT) AS per_learner_learner_count,
    r.per_learner_learner_count_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS enrolled_learner_count,
    CAST(NULL AS BIGINT) AS exam_pass_learner_count,
    CAST(NULL AS BIGINT) AS exam_attempt_learner_count
  FROM per_learner_learner_count_2_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.course,
    CAST(NULL AS BIGINT) AS per_learner,
    CAST(NULL AS BIGINT) AS per_learner_2,
    CAST(NULL AS BIGINT) AS attempts,
    CAST(NULL AS BIGINT) AS attempts_previous,
    CAST(NULL AS BIGINT) AS enrolled,
    CAST(NULL AS BIGINT) AS exam_pass,
    CAST(NULL AS BIGINT) AS exam_attempt,
    CAST(NULL AS BIGINT) AS per_learner_learner_count,
    CAST(NULL AS BIGINT) AS per_learner_learner_count_2,
    CAST(NULL AS BIGINT) AS attempts_learner_count,
    CAST(NULL AS BIGINT) AS attempts_learner_count_previous,
    CAST(NULL AS BIGINT) AS enrolled_learner_count,
    CAST(NULL AS BIGINT) AS exam_pass_learner_count,
    CAST(NULL AS BIGINT) AS exam_attempt_learner_count
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_5 AS (
  SELECT
    k.period_start,
    k.course,
    max(k.per_learner) AS per_learner,
    COALESCE(max(k.per_learner_2), 0) AS per_learner_2,
    COALESCE(max(k.attempts), 0) AS attempts,
    COALESCE(max(k.attempts_previous), 0) AS attempts_previous,
    COALESCE(max(k.enrolled), 0) AS enrolled,
    COALESCE(max(k.exam_pass), 0) AS exam_pass,
    COALESCE(max(k.exam_attempt), 0) AS exam_attempt,
    COALESCE(max(k.per_learner_learner_count), 0) AS per_learner_learner_count,
    COALESCE(max(k.per_learner_learner_count_2), 0) AS per_learner_learner_count_2,
    COALESCE(max(k.attempts_learner_count), 0) AS attempts_learner_count,
    COALESCE(max(k.attempts_learner_count_previous), 0) AS attempts_learner_count_previous,
    COALESCE(max(k.enrolled_learner_count), 0) AS enrolled_learner_count,
    COALESCE(max(k.exam_pass_learner_count), 0) AS exam_pass_learner_count,
    COALESCE(max(k.exam_attempt_learner_count), 0) AS exam_attempt_learner_count
  FROM stack_5 AS k
  GROUP BY 1, 2
),
-- the numbers, and how many of learner stand behind them
counted AS (
  SELECT
    c.period_start,
    c.course,
    c.per_learner AS mean_attempts,
    c.per_learner_2 AS twice,
    CAST(c.attempts AS DOUBLE) / NULLIF(c.attempts_previous, 0) - 1 AS growth,
    c.enrolled AS enrolled_2,
    c.exam_pass AS passing,
    c.exam_attempt AS attempting,
    NULLIF(c.per_learner_learner_count, 0) AS learner_count,
    (c.per_learner_learner_count > 0 AND c.per_learner_learner_count < 3) IS TRUE AS too_few,
    NULLIF(c.per_learner_learner_count_2, 0) AS learner_count_2,
    (c.per_learner_learner_count_2 > 0 AND c.per_learner_learner_count_2 < 3) IS TRUE AS too_few_2,
    LEAST(NULLIF(c.attempts_learner_count, 0), NULLIF(c.attempts_learner_count_previous, 0)) AS learner_count_3,
    (
      c.attempts_learner_count > 0 AND c.attempts_learner_count < 3
      OR c.attempts_learner_count_previous > 0 AND c.attempts_learner_count_previous < 3
    ) IS TRUE AS too_few_3,
    NULLIF(c.enrolled_learner_count, 0) AS learner_count_4,
    (c.enrolled_learner_count > 0 AND c.enrolled_learner_count < 3) IS TRUE AS too_few_4,
    NULLIF(c.exam_pass_learner_count, 0) AS learner_count_5,
    (c.exam_pass_learner_count > 0 AND c.exam_pass_learner_count < 3) IS TRUE AS too_few_5,
    NULLIF(c.exam_attempt_learner_count, 0) AS learner_count_6,
    (c.exam_attempt_learner_count > 0 AND c.exam_attempt_learner_count < 3) IS TRUE AS too_few_6
  FROM cells_5 AS c
)
SELECT
  c.period_start,
  'course' AS slicing,
  'all' AS segment,
  c.course,
  CASE WHEN NOT c.too_few THEN c.mean_attempts END AS mean_attempts,
  CASE WHEN NOT c.too_few_2 THEN c.twice END AS twice,
  CASE WHEN NOT c.too_few_3 THEN c.growth END AS growth,
  CASE WHEN NOT c.too_few_4 THEN c.enrolled_2 END AS enrolled,
  CASE WHEN NOT c.too_few_5 THEN c.passing END AS passing,
  CASE WHEN NOT c.too_few_6 THEN c.attempting END AS attempting,
  c.too_few AS mean_attempts_suppressed,
  c.too_few_2 AS twice_suppressed,
  c.too_few_3 AS growth_suppressed,
  c.too_few_4 AS enrolled_suppressed,
  c.too_few_5 AS passing_suppressed,
  c.too_few_6 AS attempting_suppressed
FROM counted AS c
ORDER BY c.course NULLS LAST, c.period_start;
