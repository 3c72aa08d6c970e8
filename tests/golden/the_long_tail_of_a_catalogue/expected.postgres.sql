WITH
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_end)
),
-- contents: contents by month
contents_monthly AS (
  SELECT
    w.period_start,
    count(*) AS contents
  FROM contents
  CROSS JOIN at_end AS w
  GROUP BY 1
),
-- uses by day
uses_atoms AS (
  SELECT
    uses.day AS period_start,
    uses.content_id AS content,
    sum(uses.uses) AS uses,
    count(*) AS uses_rows
  FROM uses
  WHERE uses.day >= DATE '2026-01-01'
    AND uses.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- uses: uses, uses_rows by month
uses_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.content,
    sum(i.uses) AS uses,
    CAST(sum(i.uses_rows) AS BIGINT) AS uses_rows
  FROM uses_atoms AS i
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.content,
    r.uses,
    r.uses_rows
  FROM uses_monthly AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.content,
    COALESCE(max(k.uses), 0) AS uses,
    COALESCE(max(k.uses_rows), 0) AS uses_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- what members are ordered by
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.uses_rows > 0 THEN c.uses END AS ranked_by
  FROM cells AS c
),
-- members among each other
formulas_2 AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.ranked_by IS NOT NULL
        AND min(c.ranked_by) OVER (PARTITION BY c.period_start, c.content IS NOT NULL) >= 0 THEN CAST(
          sum(c.ranked_by) OVER (
            PARTITION BY c.period_start, c.content IS NOT NULL
            ORDER BY c.ranked_by DESC NULLS LAST
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS DOUBLE PRECISION
        )
          / NULLIF(sum(c.ranked_by) OVER (PARTITION BY c.period_start, c.content IS NOT NULL), 0)
    END AS cumulative_share
  FROM formulas AS c
),
-- over each content, those that take part
per_content_result AS (
  SELECT
    c.period_start,
    count(*) AS per_content
  FROM formulas_2 AS c
  WHERE (c.uses_rows > 0) IS TRUE
    AND (c.cumulative_share > 0.8) IS TRUE
    AND c.content IS NOT NULL
  GROUP BY 1
),
-- uses by day
uses_atoms_2 AS (
  SELECT
    uses.day AS period_start,
    uses.content_id AS content,
    sum(uses.uses) AS uses,
    count(*) AS uses_rows
  FROM uses
  WHERE uses.day >= DATE '2026-01-01'
    AND uses.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- uses: uses, uses_rows by month
uses_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.content,
    sum(i.uses) AS uses,
    CAST(sum(i.uses_rows) AS BIGINT) AS uses_rows
  FROM uses_atoms_2 AS i
  GROUP BY 1, 2
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.content,
    r.uses,
    r.uses_rows
  FROM uses_monthly_2 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.content,
    COALESCE(max(k.uses), 0) AS uses,
    COALESCE(max(k.uses_rows), 0) AS uses_rows
  FROM stack_2 AS k
  GROUP BY 1, 2
),
-- what members are ordered by
formulas_3 AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.uses_rows > 0 THEN c.uses END AS ranked_by
  FROM cells_2 AS c
),
-- members among each other
formulas_4 AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.ranked_by IS NOT NULL
        AND min(c.ranked_by) OVER (PARTITION BY c.period_start, c.content IS NOT NULL) >= 0 THEN CAST(
          sum(c.ranked_by) OVER (
            PARTITION BY c.period_start, c.content IS NOT NULL
            ORDER BY c.ranked_by DESC NULLS LAST
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS DOUBLE PRECISION
        )
          / NULLIF(sum(c.ranked_by) OVER (PARTITION BY c.period_start, c.content IS NOT NULL), 0)
    END AS cumulative_share
  FROM formulas_3 AS c
),
-- over each content, those that take part
per_content_2_result AS (
  SELECT
    c.period_start,
    count(*) AS per_content_2
  FROM formulas_4 AS c
  WHERE (c.uses_rows > 0) IS TRUE
    AND (c.cumulative_share > 0.8) IS TRUE
    AND c.content IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells_3 AS (
  SELECT
    p.period_start,
    COALESCE(r2.per_content, 0) AS per_content,
    COALESCE(r3.per_content_2, 0) AS per_content_2,
    COALESCE(r1.contents, 0) AS contents
  FROM spine AS p
  LEFT JOIN contents_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN per_content_result AS r2 ON r2.period_start = p.period_start
  LEFT JOIN per_content_2_result AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.per_content AS long_tail,
  CAST(c.per_content_2 AS DOUBLE PRECISION) / NULLIF(c.contents, 0) AS long_tail_content_share
FROM cells_3 AS c
ORDER BY c.period_start;
