WITH
-- scores by day
scores_atoms AS (
  SELECT
    scores.day AS period_start,
    scores.team,
    sum(CAST(scores.score AS DECIMAL(4, 1))) AS mean_sum,
    count(CAST(scores.score AS DECIMAL(4, 1))) AS mean_count,
    count(*) FILTER (WHERE CAST(scores.score AS DECIMAL(4, 1)) IS NOT NULL) AS answers,
    sum(CAST(scores.score AS DECIMAL(4, 1))) FILTER (WHERE CAST(scores.score AS DECIMAL(4, 1)) >= 5) AS mean_of_good_sum,
    count(CAST(scores.score AS DECIMAL(4, 1))) FILTER (
      WHERE CAST(scores.score AS DECIMAL(4, 1)) >= 5
    ) AS mean_of_good_count,
    count(*) AS rows_of
  FROM scores
  WHERE scores.day >= DATE '2026-01-01'
    AND scores.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- scores: mean, total, answers, mean_of_good, rows_of by month
scores_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'team' AS slicing,
    i.team,
    CAST(sum(i.mean_sum) AS DOUBLE) / NULLIF(sum(i.mean_count), 0) AS mean,
    sum(i.mean_sum) AS total,
    CAST(sum(i.answers) AS BIGINT) AS answers,
    CAST(sum(i.mean_of_good_sum) AS DOUBLE) / NULLIF(sum(i.mean_of_good_count), 0) AS mean_of_good,
    CAST(sum(i.rows_of) AS BIGINT) AS rows_of
  FROM scores_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS team,
    CAST(sum(i.mean_sum) AS DOUBLE) / NULLIF(sum(i.mean_count), 0) AS mean,
    sum(i.mean_sum) AS total,
    CAST(sum(i.answers) AS BIGINT) AS answers,
    CAST(sum(i.mean_of_good_sum) AS DOUBLE) / NULLIF(sum(i.mean_of_good_count), 0) AS mean_of_good,
    CAST(sum(i.rows_of) AS BIGINT) AS rows_of
  FROM scores_atoms AS i
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
    'team' AS slicing,
    i.team
  FROM scores_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS team
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.team,
    r.mean,
    r.total,
    r.answers,
    r.mean_of_good,
    r.rows_of
  FROM scores_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.team,
    CAST(NULL AS BIGINT) AS mean,
    CAST(NULL AS BIGINT) AS total,
    CAST(NULL AS BIGINT) AS answers,
    CAST(NULL AS BIGINT) AS mean_of_good,
    CAST(NULL AS BIGINT) AS rows_of
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.team,
    max(k.mean) AS mean,
    COALESCE(max(k.total), 0) AS total,
    COALESCE(max(k.answers), 0) AS answers,
    max(k.mean_of_good) AS mean_of_good,
    COALESCE(max(k.rows_of), 0) AS rows_of
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.team,
  c.mean,
  CAST(c.total AS DOUBLE) / NULLIF(c.answers, 0) AS by_hand,
  c.mean_of_good,
  c.answers,
  c.rows_of
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'team' THEN 1 END,
  c.team NULLS LAST,
  c.period_start;
