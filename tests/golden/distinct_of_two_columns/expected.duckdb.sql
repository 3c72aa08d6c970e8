WITH
-- answers: each counted value once a quarter
answers_entities AS (
  SELECT
    CAST(date_trunc('quarter', answers.day) AS DATE) AS period_start,
    answers.form,
    answers.person AS entity,
    answers.survey AS entity_2
  FROM answers
  WHERE answers.day >= DATE '2026-01-01'
    AND answers.day < DATE '2026-04-01'
  GROUP BY 1, 2, 3, 4
),
-- answers: pairs by quarter
answers_distinct_quarterly AS (
  SELECT
    i.period_start,
    'form' AS slicing,
    i.form,
    count(DISTINCT (i.entity, i.entity_2)) FILTER (
      WHERE i.entity IS NOT NULL
      AND i.entity_2 IS NOT NULL
    ) AS pairs
  FROM answers_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS form,
    count(DISTINCT (i.entity, i.entity_2)) FILTER (
      WHERE i.entity IS NOT NULL
      AND i.entity_2 IS NOT NULL
    ) AS pairs
  FROM answers_entities AS i
  GROUP BY 1
),
-- answers: each counted value once a quarter
answers_entities_2 AS (
  SELECT
    CAST(date_trunc('quarter', answers.day) AS DATE) AS period_start,
    answers.form,
    answers.person AS entity
  FROM answers
  WHERE answers.day >= DATE '2026-01-01'
    AND answers.day < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- answers: people by quarter
answers_distinct_quarterly_2 AS (
  SELECT
    i.period_start,
    'form' AS slicing,
    i.form,
    count(i.entity) AS people
  FROM answers_entities_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS form,
    count(DISTINCT i.entity) AS people
  FROM answers_entities_2 AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '3 months') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'form' AS slicing,
    i.form
  FROM answers_entities AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS form
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.form,
    r.pairs,
    CAST(NULL AS BIGINT) AS people
  FROM answers_distinct_quarterly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.form,
    CAST(NULL AS BIGINT) AS pairs,
    r.people
  FROM answers_distinct_quarterly_2 AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.form,
    CAST(NULL AS BIGINT) AS pairs,
    CAST(NULL AS BIGINT) AS people
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.form,
    COALESCE(max(k.pairs), 0) AS pairs,
    COALESCE(max(k.people), 0) AS people
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.form,
  c.pairs,
  c.people
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'form' THEN 1 END,
  c.form NULLS LAST,
  c.period_start;
