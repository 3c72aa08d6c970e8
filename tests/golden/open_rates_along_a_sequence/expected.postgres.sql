WITH
-- mails by day
mails_atoms AS (
  SELECT
    mails.day AS period_start,
    mails.sequence,
    mails.step,
    count(*) FILTER (WHERE mails.is_open = 1) AS opened,
    count(*) AS sent
  FROM mails
  WHERE mails.day >= DATE '2026-01-01'
    AND mails.day < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- mails: opened, sent, mails_rows by month
mails_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'sequence' AS slicing,
    i.sequence,
    i.step,
    CAST(sum(i.opened) AS BIGINT) AS opened,
    CAST(sum(i.sent) AS BIGINT) AS sent,
    CAST(sum(i.sent) AS BIGINT) AS mails_rows
  FROM mails_atoms AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS sequence,
    i.step,
    CAST(sum(i.opened) AS BIGINT) AS opened,
    CAST(sum(i.sent) AS BIGINT) AS sent,
    CAST(sum(i.sent) AS BIGINT) AS mails_rows
  FROM mails_atoms AS i
  GROUP BY 1, 4
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.sequence,
    r.step,
    r.opened,
    r.sent,
    r.mails_rows
  FROM mails_monthly AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.sequence,
    k.step,
    COALESCE(max(k.opened), 0) AS opened,
    COALESCE(max(k.sent), 0) AS sent,
    COALESCE(max(k.mails_rows), 0) AS mails_rows
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
),
-- both numbers of each
per_step_pairs AS (
  SELECT
    c.period_start,
    c.slicing,
    c.sequence,
    CASE
      WHEN CAST(c.opened AS DOUBLE PRECISION) / NULLIF(c.sent, 0) IS NOT NULL AND c.step IS NOT NULL THEN CAST(
          c.opened AS DOUBLE PRECISION
        )
          / NULLIF(c.sent, 0)
    END AS first,
    CASE
      WHEN CAST(c.opened AS DOUBLE PRECISION) / NULLIF(c.sent, 0) IS NOT NULL AND c.step IS NOT NULL THEN c.step
    END AS second
  FROM cells AS c
  WHERE (c.mails_rows > 0) IS TRUE
    AND c.step IS NOT NULL
),
-- over each step, those that take part
per_step_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.sequence,
    CASE
      WHEN min(c.second) < max(c.second) THEN regr_slope(CAST(c.first AS DOUBLE PRECISION), CAST(
          c.second AS DOUBLE PRECISION
        ))
    END AS per_step
  FROM per_step_pairs AS c
  GROUP BY 1, 2, 3
),
-- mails by day
mails_atoms_2 AS (
  SELECT
    mails.day AS period_start,
    mails.sequence,
    mails.step,
    count(*) AS sent,
    count(*) FILTER (WHERE mails.is_open = 1) AS opened
  FROM mails
  WHERE mails.day >= DATE '2026-01-01'
    AND mails.day < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- mails: sent, opened, mails_rows by month
mails_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'sequence' AS slicing,
    i.sequence,
    i.step,
    CAST(sum(i.sent) AS BIGINT) AS sent,
    CAST(sum(i.opened) AS BIGINT) AS opened,
    CAST(sum(i.sent) AS BIGINT) AS mails_rows
  FROM mails_atoms_2 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS sequence,
    i.step,
    CAST(sum(i.sent) AS BIGINT) AS sent,
    CAST(sum(i.opened) AS BIGINT) AS opened,
    CAST(sum(i.sent) AS BIGINT) AS mails_rows
  FROM mails_atoms_2 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.sequence,
    r.step,
    r.sent,
    r.opened,
    r.mails_rows
  FROM mails_monthly_2 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.sequence,
    k.step,
    COALESCE(max(k.sent), 0) AS sent,
    COALESCE(max(k.opened), 0) AS opened,
    COALESCE(max(k.mails_rows), 0) AS mails_rows
  FROM stack_2 AS k
  GROUP BY 1, 2, 3, 4
),
-- both numbers of each
per_step_2_pairs AS (
  SELECT
    c.period_start,
    c.slicing,
    c.sequence,
    CASE WHEN c.sent IS NOT NULL AND c.opened IS NOT NULL THEN c.sent END AS first,
    CASE WHEN c.sent IS NOT NULL AND c.opened IS NOT NULL THEN c.opened END AS second
  FROM cells_2 AS c
  WHERE (c.mails_rows > 0) IS TRUE
    AND c.step IS NOT NULL
),
-- over each step, those that take part
per_step_2_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.sequence,
    CASE
      WHEN min(c.first) < max(c.first) AND min(c.second) < max(c.second) THEN corr(CAST(
          c.first AS DOUBLE PRECISION
        ), CAST(c.second AS DOUBLE PRECISION))
    END AS per_step_2
  FROM per_step_2_pairs AS c
  GROUP BY 1, 2, 3
),
-- mails by day
mails_atoms_3 AS (
  SELECT
    mails.day AS period_start,
    mails.sequence,
    mails.step,
    count(*) FILTER (WHERE mails.is_open = 1) AS opened,
    count(*) AS sent
  FROM mails
  WHERE mails.day >= DATE '2026-01-01'
    AND mails.day < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- mails: opened, sent, mails_rows by month
mails_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'sequence' AS slicing,
    i.sequence,
    i.step,
    CAST(sum(i.opened) AS BIGINT) AS opened,
    CAST(sum(i.sent) AS BIGINT) AS sent,
    CAST(sum(i.sent) AS BIGINT) AS mails_rows
  FROM mails_atoms_3 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS sequence,
    i.step,
    CAST(sum(i.opened) AS BIGINT) AS opened,
    CAST(sum(i.sent) AS BIGINT) AS sent,
    CAST(sum(i.sent) AS BIGINT) AS mails_rows
  FROM mails_atoms_3 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.sequence,
    r.step,
    r.opened,
    r.sent,
    r.mails_rows
  FROM mails_monthly_3 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.sequence,
    k.step,
    COALESCE(max(k.opened), 0) AS opened,
    COALESCE(max(k.sent), 0) AS sent,
    COALESCE(max(k.mails_rows), 0) AS mails_rows
  FROM stack_3 AS k
  GROUP BY 1, 2, 3, 4
),
-- both numbers of each
per_step_3_pairs AS (
  SELECT
    c.period_start,
    c.slicing,
    c.sequence,
    CASE
      WHEN CAST(c.opened AS DOUBLE PRECISION) / NULLIF(c.sent, 0) IS NOT NULL AND c.step IS NOT NULL THEN CAST(
          c.opened AS DOUBLE PRECISION
        )
          / NULLIF(c.sent, 0)
    END AS first,
    CASE
      WHEN CAST(c.opened AS DOUBLE PRECISION) / NULLIF(c.sent, 0) IS NOT NULL AND c.step IS NOT NULL THEN c.step
    END AS second
  FROM cells_3 AS c
  WHERE (c.mails_rows > 0) IS TRUE
    AND (c.sent >= 2) IS TRUE
    AND c.step IS NOT NULL
),
-- over each step, those that take part
per_step_3_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.sequence,
    CASE
      WHEN min(c.second) < max(c.second) THEN regr_slope(CAST(c.first AS DOUBLE PRECISION), CAST(
          c.second AS DOUBLE PRECISION
        ))
    END AS per_step_3
  FROM per_step_3_pairs AS c
  GROUP BY 1, 2, 3
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'sequence' AS slicing,
    i.sequence
  FROM mails_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'sequence' AS slicing,
    i.sequence
  FROM mails_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'sequence' AS slicing,
    i.sequence
  FROM mails_atoms_3 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS sequence
),
-- results of each source, and a row for every cell asked
stack_4 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.sequence,
    r.per_step,
    CAST(NULL AS BIGINT) AS per_step_2,
    CAST(NULL AS BIGINT) AS per_step_3
  FROM per_step_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.sequence,
    CAST(NULL AS BIGINT) AS per_step,
    r.per_step_2,
    CAST(NULL AS BIGINT) AS per_step_3
  FROM per_step_2_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.sequence,
    CAST(NULL AS BIGINT) AS per_step,
    CAST(NULL AS BIGINT) AS per_step_2,
    r.per_step_3
  FROM per_step_3_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.sequence,
    CAST(NULL AS BIGINT) AS per_step,
    CAST(NULL AS BIGINT) AS per_step_2,
    CAST(NULL AS BIGINT) AS per_step_3
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_4 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.sequence,
    max(k.per_step) AS per_step,
    max(k.per_step_2) AS per_step_2,
    max(k.per_step_3) AS per_step_3
  FROM stack_4 AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.sequence,
  c.per_step AS decay,
  c.per_step_2 AS linked,
  c.per_step_3 AS decay_of_some
FROM cells_4 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'sequence' THEN 1 END,
  c.sequence NULLS LAST,
  c.period_start;
