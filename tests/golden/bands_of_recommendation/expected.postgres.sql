WITH
-- answers by day
answers_atoms AS (
  SELECT
    answers.day AS period_start,
    CASE
      WHEN answers.score <= 6 THEN 'detractor'
      WHEN answers.score <= 8 THEN 'passive'
      ELSE 'promoter'
    END AS band,
    count(*) AS answers,
    count(*) FILTER (
      WHERE CASE
        WHEN answers.score <= 6 THEN 'detractor'
        WHEN answers.score <= 8 THEN 'passive'
        ELSE 'promoter'
      END
        = 'promoter'
    ) AS promoters,
    count(*) FILTER (
      WHERE CASE
        WHEN answers.score <= 6 THEN 'detractor'
        WHEN answers.score <= 8 THEN 'passive'
        ELSE 'promoter'
      END
        = 'detractor'
    ) AS detractors
  FROM answers
  WHERE answers.day >= DATE '2026-01-01'
    AND answers.day < DATE '2026-03-01'
    AND answers.survey = 'nps'
    AND answers.score BETWEEN 0 AND 10
  GROUP BY 1, 2
),
-- answers: answers, promoters, detractors by month
answers_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'band' AS slicing,
    i.band,
    CAST(sum(i.answers) AS BIGINT) AS answers,
    CAST(sum(i.promoters) AS BIGINT) AS promoters,
    CAST(sum(i.detractors) AS BIGINT) AS detractors
  FROM answers_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS band,
    CAST(sum(i.answers) AS BIGINT) AS answers,
    CAST(sum(i.promoters) AS BIGINT) AS promoters,
    CAST(sum(i.detractors) AS BIGINT) AS detractors
  FROM answers_atoms AS i
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
    'band' AS slicing,
    i.band
  FROM answers_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS band
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.band,
    r.answers,
    r.promoters,
    r.detractors
  FROM answers_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.band,
    CAST(NULL AS BIGINT) AS answers,
    CAST(NULL AS BIGINT) AS promoters,
    CAST(NULL AS BIGINT) AS detractors
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.band,
    COALESCE(max(k.answers), 0) AS answers,
    COALESCE(max(k.promoters), 0) AS promoters,
    COALESCE(max(k.detractors), 0) AS detractors
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.band,
  c.answers,
  CAST(100 * (c.promoters - c.detractors) AS DOUBLE PRECISION) / NULLIF(c.answers, 0) AS nps
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'band' THEN 1 END,
  c.band NULLS LAST,
  c.period_start;
