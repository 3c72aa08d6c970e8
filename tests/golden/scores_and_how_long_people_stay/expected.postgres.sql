WITH
-- answers: every value
answers_rows AS (
  SELECT
    CAST(date_trunc('month', answers.day) AS DATE) AS period_start,
    answers.channel,
    CASE WHEN answers.score IS NOT NULL AND answers.months IS NOT NULL THEN answers.score END AS linked_1,
    CASE WHEN answers.score IS NOT NULL AND answers.months IS NOT NULL THEN answers.months END AS linked_2,
    CASE
      WHEN answers.channel = 'web' AND answers.score IS NOT NULL AND answers.months IS NOT NULL THEN answers.score
    END AS linked_where_1,
    CASE
      WHEN answers.channel = 'web' AND answers.score IS NOT NULL AND answers.months IS NOT NULL THEN answers.months
    END AS linked_where_2,
    CASE
      WHEN answers.channel = 'web'
        AND answers.score IS NOT NULL
        AND CASE WHEN answers.months > 2 THEN 1 ELSE 0 END IS NOT NULL THEN answers.score
    END AS linked_of_some_1,
    CASE
      WHEN answers.channel = 'web'
        AND answers.score IS NOT NULL
        AND CASE WHEN answers.months > 2 THEN 1 ELSE 0 END IS NOT NULL THEN CASE
          WHEN answers.months > 2 THEN 1
          ELSE 0
        END
    END AS linked_of_some_2
  FROM answers
  WHERE answers.day >= DATE '2025-12-01'
    AND answers.day < DATE '2026-04-01'
),
-- answers: linked, linked_of_some by month
answers_spread_monthly AS (
  SELECT
    i.period_start,
    'channel' AS slicing,
    i.channel,
    CASE
      WHEN min(i.linked_1) < max(i.linked_1) AND min(i.linked_2) < max(i.linked_2) THEN corr(CAST(
          i.linked_1 AS DOUBLE PRECISION
        ), CAST(i.linked_2 AS DOUBLE PRECISION))
    END AS linked,
    CASE
      WHEN min(i.linked_where_1) < max(i.linked_where_1)
        AND min(i.linked_where_2) < max(i.linked_where_2) THEN corr(CAST(
          i.linked_where_1 AS DOUBLE PRECISION
        ), CAST(i.linked_where_2 AS DOUBLE PRECISION))
    END AS linked_where,
    CASE
      WHEN min(i.linked_of_some_1) < max(i.linked_of_some_1)
        AND min(i.linked_of_some_2) < max(i.linked_of_some_2) THEN corr(CAST(
          i.linked_of_some_1 AS DOUBLE PRECISION
        ), CAST(i.linked_of_some_2 AS DOUBLE PRECISION))
    END AS linked_of_some
  FROM answers_rows AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS channel,
    CASE
      WHEN min(i.linked_1) < max(i.linked_1) AND min(i.linked_2) < max(i.linked_2) THEN corr(CAST(
          i.linked_1 AS DOUBLE PRECISION
        ), CAST(i.linked_2 AS DOUBLE PRECISION))
    END AS linked,
    CASE
      WHEN min(i.linked_where_1) < max(i.linked_where_1)
        AND min(i.linked_where_2) < max(i.linked_where_2) THEN corr(CAST(
          i.linked_where_1 AS DOUBLE PRECISION
        ), CAST(i.linked_where_2 AS DOUBLE PRECISION))
    END AS linked_where,
    CASE
      WHEN min(i.linked_of_some_1) < max(i.linked_of_some_1)
        AND min(i.linked_of_some_2) < max(i.linked_of_some_2) THEN corr(CAST(
          i.linked_of_some_1 AS DOUBLE PRECISION
        ), CAST(i.linked_of_some_2 AS DOUBLE PRECISION))
    END AS linked_of_some
  FROM answers_rows AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: rolling 2 months
rolling_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- answers: linked by month, rolling 2 months
answers_spread_monthly_rolling_2_months AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    CASE
      WHEN min(i.linked_1) < max(i.linked_1) AND min(i.linked_2) < max(i.linked_2) THEN corr(CAST(
          i.linked_1 AS DOUBLE PRECISION
        ), CAST(i.linked_2 AS DOUBLE PRECISION))
    END AS linked_rolling
  FROM answers_rows AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    NULL AS channel,
    CASE
      WHEN min(i.linked_1) < max(i.linked_1) AND min(i.linked_2) < max(i.linked_2) THEN corr(CAST(
          i.linked_1 AS DOUBLE PRECISION
        ), CAST(i.linked_2 AS DOUBLE PRECISION))
    END AS linked_rolling
  FROM answers_rows AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- answers: linked by month, previous
answers_spread_monthly_previous AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    CASE
      WHEN min(i.linked_1) < max(i.linked_1) AND min(i.linked_2) < max(i.linked_2) THEN corr(CAST(
          i.linked_1 AS DOUBLE PRECISION
        ), CAST(i.linked_2 AS DOUBLE PRECISION))
    END AS linked_previous
  FROM answers_rows AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    NULL AS channel,
    CASE
      WHEN min(i.linked_1) < max(i.linked_1) AND min(i.linked_2) < max(i.linked_2) THEN corr(CAST(
          i.linked_1 AS DOUBLE PRECISION
        ), CAST(i.linked_2 AS DOUBLE PRECISION))
    END AS linked_previous
  FROM answers_rows AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
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
    'channel' AS slicing,
    i.channel
  FROM answers_rows AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS channel
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.linked,
    CAST(NULL AS BIGINT) AS linked_rolling,
    CAST(NULL AS BIGINT) AS linked_previous,
    r.linked_where,
    r.linked_of_some
  FROM answers_spread_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS linked,
    r.linked_rolling,
    CAST(NULL AS BIGINT) AS linked_previous,
    CAST(NULL AS BIGINT) AS linked_where,
    CAST(NULL AS BIGINT) AS linked_of_some
  FROM answers_spread_monthly_rolling_2_months AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS linked,
    CAST(NULL AS BIGINT) AS linked_rolling,
    r.linked_previous,
    CAST(NULL AS BIGINT) AS linked_where,
    CAST(NULL AS BIGINT) AS linked_of_some
  FROM answers_spread_monthly_previous AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS linked,
    CAST(NULL AS BIGINT) AS linked_rolling,
    CAST(NULL AS BIGINT) AS linked_previous,
    CAST(NULL AS BIGINT) AS linked_where,
    CAST(NULL AS BIGINT) AS linked_of_some
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    max(k.linked) AS linked,
    max(k.linked_rolling) AS linked_rolling,
    max(k.linked_previous) AS linked_previous,
    max(k.linked_where) AS linked_where,
    max(k.linked_of_some) AS linked_of_some
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.linked,
  c.linked_rolling AS of_two_months,
  c.linked_previous AS before,
  c.linked_where AS in_the_web,
  c.linked_of_some
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
